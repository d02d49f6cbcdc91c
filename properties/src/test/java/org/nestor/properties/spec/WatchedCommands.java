package org.nestor.properties.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;

/** Commands on the watched tags and beside them, each under the name of its atom. */
final class WatchedCommands {
    private static final int ALL = 31;
    private static final int OTHER = 1;
    private static final long NEXT_PAGE = 4096;

    /** A command, and the fields of its atom. */
    record Named(InvalidationCommand command, Map<String, String> fields) {}

    private final Map<String, Named> commands = new LinkedHashMap<>();

    WatchedCommands() {
        int stream = WatchedTables.STREAM;
        int vmid = WatchedTables.VMID;
        int asid = WatchedTables.ASID;
        Extent va = extent(WatchedTables.ADDRESS, false);
        Extent leaf = extent(WatchedTables.ADDRESS, true);
        Extent nextVa = extent(WatchedTables.ADDRESS + NEXT_PAGE, false);
        Extent ipa = extent(WatchedTables.IPA, false);
        add(new InvalidationCommand.CfgiSte(stream, true), "CfgiSte");
        add(new InvalidationCommand.CfgiSte(stream + OTHER, true), "CfgiSte", "onStream", "S1");
        add(new InvalidationCommand.CfgiCd(stream, WatchedTables.SUBSTREAM, true), "CfgiCd");
        add(new InvalidationCommand.CfgiCd(stream, OTHER, true), "CfgiCd", "onSubstream", "U1");
        add(new InvalidationCommand.CfgiCdAll(stream), "CfgiCdAll");
        add(new InvalidationCommand.CfgiSteRange(0, ALL), "CfgiAll");
        add(new InvalidationCommand.TlbiNhVa(vmid, asid, va), "NhVa");
        add(new InvalidationCommand.TlbiNhVa(vmid, asid, leaf), "NhVa", "leafOnly", "Yes");
        add(new InvalidationCommand.TlbiNhVa(vmid, asid + OTHER, va), "NhVa", "onAsid", "A1");
        add(new InvalidationCommand.TlbiNhVa(vmid, asid, nextVa), "NhVa", "onPage", "P1");
        add(new InvalidationCommand.TlbiNhVaa(vmid, va), "NhVaa");
        add(new InvalidationCommand.TlbiNhAsid(vmid, asid), "NhAsid");
        add(new InvalidationCommand.TlbiNhAsid(vmid, asid + OTHER), "NhAsid", "onAsid", "A1");
        add(new InvalidationCommand.TlbiNhAll(vmid), "NhAll");
        add(new InvalidationCommand.TlbiNhAll(vmid + OTHER), "NhAll", "onVmid", "V1");
        add(new InvalidationCommand.TlbiS2Ipa(vmid, ipa), "S2Ipa");
        add(new InvalidationCommand.TlbiS2Ipa(vmid + OTHER, ipa), "S2Ipa", "onVmid", "V1");
        add(new InvalidationCommand.TlbiS12Vmall(vmid), "S12Vmall");
        add(new InvalidationCommand.TlbiNsnhAll(), "NsnhAll");
        add(new InvalidationCommand.TlbiEl2All(), "El2All");
    }

    private static Extent extent(long address, boolean leaf) {
        return new Extent(address, leaf, Optional.empty());
    }

    private void add(InvalidationCommand command, String opcode, String... other) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "opcode",
                opcode,
                "onVmid",
                "V0",
                "onAsid",
                "A0",
                "onPage",
                "P0",
                "onStream",
                "S0",
                "onSubstream",
                "U0"));
        if (other.length > 0) {
            fields.put(other[0], other[1]);
        }
        commands.put("C" + commands.size(), new Named(command, fields));
    }

    List<String> atoms() {
        return List.copyOf(commands.keySet());
    }

    Named named(String atom) {
        return commands.get(atom);
    }

    /** The command of that opcode that names the watched tags. */
    InvalidationCommand first(String opcode) {
        return commands.values().stream()
                .filter(named -> named.fields().get("opcode").equals(opcode))
                .findFirst()
                .orElseThrow()
                .command();
    }

    /** The atom of a command. */
    String atom(InvalidationCommand command) {
        return commands.entrySet().stream()
                .filter(each -> each.getValue().command().equals(command))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
