package org.nestor.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.rule.RuleId;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.IdRegisters;

/** Explains a command of the Non-secure queue under ID registers. */
final class CommandExplainer {

    private static final RuleId UNIMPLEMENTED = RuleId.of("A-CER-07");
    private static final RuleId RESERVED_BITS = RuleId.of("A-CMQ-15");

    private static final Meanings MEANINGS = Meanings.table("""
                    SSec: Non-secure; Secure
                    SSV: no SubstreamID; SubstreamID valid
                    VMID, ASID, NUM, PRGIndex: @DECIMAL
                    Leaf: all levels; leaf only
                    TTL: leaf at any level; leaf at level 1; leaf at level 2; leaf at level 3
                    TG: @TG_RANGE
                    Addr: @address address
                    Global: of the PASID; of every PASID
                    Resp: ResponseFailure; InvalidRequest; Success; reserved
                    Ac: terminate; retry
                    Ab: terminate as RAZ/WI; terminate with abort
                    CS: SIG_NONE, no signal; SIG_IRQ, MSI or wired interrupt; SIG_SEV, event to PEs; reserved
                    MSH: @SHAREABILITY
                    MSIAttr: @MEM_ATTR
                    MSIAddress: @address MSI target
                    """)
            .with("Range", range -> range == 31 ? "all StreamIDs" : "2^" + (range + 1) + " StreamIDs")
            .with("SCALE", scale -> "times 2^" + scale)
            .with("Size", size -> "2^" + size + " pages of 4 KiB");

    private final IdRegisters id;

    CommandExplainer(IdRegisters id) {
        this.id = id;
    }

    Explanation explain(CommandRecord command, String title) {
        Optional<CommandOpcode> opcode = command.command();
        List<RuleId> broken = opcode.map(known -> broken(known, command)).orElse(List.of(UNIMPLEMENTED));
        boolean illegal = opcode.isEmpty() || !legality(new ArrayList<>()).legal(opcode.get(), command);
        String name = opcode.map(known -> name(known, command)).orElseGet(() -> unknown(command.opcode()));
        CommandUsage usage = new CommandUsage(command, id);
        List<Row> rows = new ArrayList<>(Rows.of(
                new long[] {command.dw0(), command.dw1()},
                command.layout(),
                MEANINGS.with("Opcode", value -> name),
                field -> status(field, usage, broken)));
        if (isOpaque(command)) {
            rows.removeIf(row -> row.mark() == Mark.RES0);
        }
        boolean reserved = rows.stream().anyMatch(row -> row.mark() == Mark.RES0 && row.value() != 0);
        List<String> notes = reserved
                ? List.of("bits that should be 0 are not: the SMMU may ignore them or take the command as CERROR_ILL ("
                        + RESERVED_BITS + ")")
                : List.of();
        return new Explanation(title, rows, notes, broken, verdict(command, illegal, broken));
    }

    /** Nothing is known of the operands, so that no bit of them is reserved. */
    private static boolean isOpaque(CommandRecord command) {
        return command.layout().fields().size() == 1
                && command.command()
                        .map(opcode ->
                                opcode != CommandOpcode.CMD_TLBI_NSNH_ALL && opcode != CommandOpcode.CMD_TLBI_EL2_ALL)
                        .orElse(true);
    }

    private static String name(CommandOpcode opcode, CommandRecord command) {
        boolean all = opcode == CommandOpcode.CMD_CFGI_STE_RANGE && command.range() == 31;
        return all ? "CMD_CFGI_ALL" : opcode.name();
    }

    private static String unknown(int opcode) {
        return opcode >= 0x80 && opcode <= 0x8F ? "IMPLEMENTATION DEFINED command" : "reserved opcode";
    }

    private CommandLegality legality(List<RuleId> broken) {
        return new CommandLegality(id, rule -> {
            if (!broken.contains(rule)) {
                broken.add(rule);
            }
        });
    }

    /** What the legality check decided on; for an unimplemented command, the rule of its feature. */
    private List<RuleId> broken(CommandOpcode opcode, CommandRecord command) {
        List<RuleId> broken = new ArrayList<>();
        boolean legal = legality(broken).legal(opcode, command);
        broken.replaceAll(rule -> rule.equals(UNIMPLEMENTED) ? feature(opcode) : rule);
        return legal ? List.of() : broken;
    }

    private static RuleId feature(CommandOpcode opcode) {
        if (opcode.isSecureOnly()) {
            return RuleId.of("A-CER-12");
        }
        return switch (opcode) {
            case CMD_TLBI_NH_ALL, CMD_TLBI_NH_ASID, CMD_TLBI_NH_VA, CMD_TLBI_NH_VAA -> RuleId.of("A-CER-09");
            case CMD_TLBI_S12_VMALL, CMD_TLBI_S2_IPA -> RuleId.of("A-CER-10");
            case CMD_TLBI_EL2_ALL, CMD_TLBI_EL2_ASID, CMD_TLBI_EL2_VA, CMD_TLBI_EL2_VAA -> RuleId.of("A-CER-11");
            case CMD_ATC_INV, CMD_PRI_RESP -> RuleId.of("A-CER-13");
            case CMD_RESUME, CMD_STALL_TERM -> RuleId.of("A-CER-14");
            case CMD_CFGI_CD, CMD_CFGI_CD_ALL -> RuleId.of("A-CER-17");
            default -> UNIMPLEMENTED;
        };
    }

    private static Status status(Field field, CommandUsage usage, List<RuleId> broken) {
        List<RuleId> rules =
                broken.stream().filter(rule -> isAbout(rule, field.name())).toList();
        return rules.isEmpty() ? usage.status(field.name()) : Status.illegal(rules);
    }

    private static boolean isAbout(RuleId rule, String field) {
        return switch (rule.toString()) {
            case "A-CER-08" -> field.equals("SSec");
            case "A-CER-15" -> field.equals("CS") || field.equals("Resp");
            case "A-CER-18" -> field.equals("TG");
            default -> field.equals("Opcode");
        };
    }

    private String verdict(CommandRecord command, boolean illegal, List<RuleId> broken) {
        if (illegal) {
            String rules = broken.isEmpty() ? "" : " (" + RuleNames.join(broken) + ")";
            return "CERROR_ILL" + rules + ": consumption stops at the command";
        }
        return "legal: " + CommandSentence.of(command, id);
    }
}
