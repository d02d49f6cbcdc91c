package org.nestor.generators.vectors;

import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Granule;

/** Commands as software writes them to the queue (IHI 0070 chapter 4). */
public final class Commands {

    private Commands() {}

    /** A CMD_SYNC without a signal. */
    public static CommandRecord sync() {
        return command(CommandOpcode.CMD_SYNC);
    }

    public static CommandRecord cfgiSte(int streamId, boolean leaf) {
        return with(with(command(CommandOpcode.CMD_CFGI_STE), "StreamID", unsigned(streamId)), "Leaf", bit(leaf));
    }

    /** 2^(range + 1) StreamIDs. */
    public static CommandRecord cfgiSteRange(int streamId, int range) {
        return with(with(command(CommandOpcode.CMD_CFGI_STE_RANGE), "StreamID", unsigned(streamId)), "Range", range);
    }

    public static CommandRecord cfgiAll() {
        return cfgiSteRange(0, 31);
    }

    public static CommandRecord cfgiCd(int streamId, int substreamId, boolean leaf) {
        CommandRecord stream = with(command(CommandOpcode.CMD_CFGI_CD), "StreamID", unsigned(streamId));
        return with(with(stream, "SubstreamID", substreamId), "Leaf", bit(leaf));
    }

    public static CommandRecord cfgiCdAll(int streamId) {
        return with(command(CommandOpcode.CMD_CFGI_CD_ALL), "StreamID", unsigned(streamId));
    }

    public static CommandRecord nhAll(int vmid) {
        return with(command(CommandOpcode.CMD_TLBI_NH_ALL), "VMID", vmid);
    }

    public static CommandRecord nhAsid(int vmid, int asid) {
        return with(with(command(CommandOpcode.CMD_TLBI_NH_ASID), "VMID", vmid), "ASID", asid);
    }

    public static CommandRecord nhVa(int vmid, int asid, long address, boolean leaf) {
        CommandRecord tagged = with(with(command(CommandOpcode.CMD_TLBI_NH_VA), "VMID", vmid), "ASID", asid);
        return at(tagged, address, leaf);
    }

    public static CommandRecord nhVaa(int vmid, long address, boolean leaf) {
        return at(with(command(CommandOpcode.CMD_TLBI_NH_VAA), "VMID", vmid), address, leaf);
    }

    public static CommandRecord s2Ipa(int vmid, long ipa, boolean leaf) {
        return at(with(command(CommandOpcode.CMD_TLBI_S2_IPA), "VMID", vmid), ipa, leaf);
    }

    public static CommandRecord s12Vmall(int vmid) {
        return with(command(CommandOpcode.CMD_TLBI_S12_VMALL), "VMID", vmid);
    }

    public static CommandRecord nsnhAll() {
        return command(CommandOpcode.CMD_TLBI_NSNH_ALL);
    }

    /**
     * Makes a command by address a range command: (num + 1) * 2^scale granules from its address on.
     *
     * @param ttl level of the leaves meant, 0 for any
     */
    public static CommandRecord range(CommandRecord command, Granule granule, int ttl, int num, int scale) {
        int tg = switch (granule) {
            case KB4 -> 1;
            case KB16 -> 2;
            case KB64 -> 3;
        };
        return with(with(with(with(command, "TG", tg), "TTL", ttl), "NUM", num), "SCALE", scale);
    }

    private static CommandRecord at(CommandRecord command, long address, boolean leaf) {
        Field field = command.layout().field("Addr");
        return with(with(command, "Addr", field.extract(address)), "Leaf", bit(leaf));
    }

    private static CommandRecord command(CommandOpcode opcode) {
        return new CommandRecord(opcode.code(), 0);
    }

    private static CommandRecord with(CommandRecord command, String name, long value) {
        Field field = command.layout().field(name);
        return field.doubleword() == 0
                ? new CommandRecord(field.insert(command.dw0(), value), command.dw1())
                : new CommandRecord(command.dw0(), field.insert(command.dw1(), value));
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    private static long bit(boolean value) {
        return value ? 1 : 0;
    }
}
