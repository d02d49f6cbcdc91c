package org.nestor.explain;

import org.nestor.smmu.format.CommandLayouts;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;

/** What a legal command asks for, in one sentence. */
final class CommandSentence {

    private static final long VMID = CommandLayouts.VMID_ONLY.field("VMID").mask();
    private static final long TG = CommandLayouts.VA.field("TG").mask();
    private static final int ALL_STREAMS = 31;
    private static final int EVERYTHING = 52;

    private CommandSentence() {}

    static String of(CommandRecord raw, IdRegisters id) {
        CommandRecord command = effective(raw, id);
        CommandOpcode opcode = command.command().orElseThrow();
        return switch (opcode) {
            case CMD_PREFETCH_CONFIG -> "may fetch the configuration of " + stream(command);
            case CMD_PREFETCH_ADDR ->
                "may fetch the translation of 0x%x for %s".formatted(command.address(), stream(command));
            case CMD_CFGI_STE -> "forgets the STE of " + stream(command) + (command.leaf() ? "" : " and its L1STD");
            case CMD_CFGI_STE_RANGE -> "forgets the STEs of " + streams(command);
            case CMD_CFGI_CD ->
                "forgets the CD of SubstreamID 0x%x of %s%s"
                        .formatted(command.substreamId(), stream(command), command.leaf() ? "" : " and its L1CD");
            case CMD_CFGI_CD_ALL -> "forgets every CD of " + stream(command);
            case CMD_TLBI_NH_ALL -> "forgets stage 1 of NS-EL1 for VMID " + command.vmid();
            case CMD_TLBI_NH_ASID ->
                "forgets stage 1 of NS-EL1 for VMID " + command.vmid() + ", ASID " + command.asid();
            case CMD_TLBI_NH_VA ->
                "forgets stage 1 of NS-EL1 for VMID %d, ASID %d, %s"
                        .formatted(command.vmid(), command.asid(), addresses(command));
            case CMD_TLBI_NH_VAA ->
                "forgets stage 1 of NS-EL1 for VMID %d, any ASID, %s".formatted(command.vmid(), addresses(command));
            case CMD_TLBI_EL2_ALL -> "forgets stage 1 of EL2";
            case CMD_TLBI_EL2_ASID -> "forgets stage 1 of EL2-E2H for ASID " + command.asid();
            case CMD_TLBI_EL2_VA ->
                "forgets stage 1 of EL2 for ASID %d, %s".formatted(command.asid(), addresses(command));
            case CMD_TLBI_EL2_VAA -> "forgets stage 1 of EL2 for any ASID, " + addresses(command);
            case CMD_TLBI_S12_VMALL -> "forgets stage 1 and stage 2 of VMID " + command.vmid();
            case CMD_TLBI_S2_IPA -> "forgets stage 2 of VMID " + command.vmid() + ", " + addresses(command);
            case CMD_TLBI_NSNH_ALL -> "forgets stage 1 and stage 2 of NS-EL1, all VMIDs";
            case CMD_ATC_INV -> "makes the endpoint of " + stream(command) + " forget " + pages(command);
            case CMD_PRI_RESP -> "answers page request group %d of %s".formatted(command.prgIndex(), stream(command));
            case CMD_RESUME ->
                "%s the transaction that %s stalled with STAG 0x%x"
                        .formatted(
                                command.ac() ? "retries" : command.ab() ? "aborts" : "ends as RAZ/WI",
                                stream(command),
                                command.stag());
            case CMD_STALL_TERM -> "terminates the stalled transactions of " + stream(command);
            case CMD_SYNC -> "waits until all commands before it have completed";
            default -> throw new IllegalArgumentException(opcode + " is never legal here");
        };
    }

    /** The command without the fields that are RES0 under the ID registers. */
    private static CommandRecord effective(CommandRecord raw, IdRegisters id) {
        boolean range = raw.layout().find("TG").isPresent();
        boolean vmid = raw.layout().find("VMID").isPresent();
        return new CommandRecord(
                vmid && !id.s2p() ? raw.dw0() & ~VMID : raw.dw0(), range && !id.ril() ? raw.dw1() & ~TG : raw.dw1());
    }

    private static String stream(CommandRecord command) {
        String substream = command.layout().find("SSV").isPresent() && command.ssv()
                ? ", SubstreamID 0x%x".formatted(command.substreamId())
                : "";
        return "StreamID 0x%x".formatted(command.streamId()) + substream;
    }

    private static String streams(CommandRecord command) {
        if (command.range() == ALL_STREAMS) {
            return "all StreamIDs, and every CD";
        }
        long size = 1L << command.range() + 1;
        long first = Integer.toUnsignedLong(command.streamId()) & -size;
        return "StreamIDs 0x%x to 0x%x".formatted(first, first + size - 1);
    }

    private static String addresses(CommandRecord command) {
        boolean stage2 = command.opcode() == CommandOpcode.CMD_TLBI_S2_IPA.code();
        long first = stage2 ? command.ipa() : command.address();
        String leaf = command.leaf() ? ", leaf entries only" : "";
        if (command.tg() == 0) {
            return "address 0x%x".formatted(first) + leaf;
        }
        Granule granule = command.tg() == 1 ? Granule.KB4 : command.tg() == 2 ? Granule.KB16 : Granule.KB64;
        long pages = (command.num() + 1L) << command.scale();
        return "addresses 0x%x to 0x%x".formatted(first, first + (pages << granule.shift()) - 1) + leaf;
    }

    private static String pages(CommandRecord command) {
        if (command.atcSize() >= EVERYTHING) {
            return "every translation";
        }
        long span = 1L << 12 + command.atcSize();
        long first = command.address() & -span;
        return "addresses 0x%x to 0x%x".formatted(first, first + span - 1);
    }
}
