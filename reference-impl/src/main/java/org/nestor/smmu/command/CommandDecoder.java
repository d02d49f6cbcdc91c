package org.nestor.smmu.command;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.PageResponse;

/** Turns the bits of a legal command into its operands. */
public class CommandDecoder {
    private static final int EVERYTHING = 52;

    private final IdRegisters ids;

    public CommandDecoder(IdRegisters ids) {
        this.ids = ids;
    }

    /**
     * Decodes.
     *
     * @throws IllegalArgumentException for a command that {@link CommandLegality} never lets through
     */
    public Command decode(CommandOpcode opcode, CommandRecord record) {
        return switch (opcode) {
            case CMD_CFGI_STE -> new InvalidationCommand.CfgiSte(record.streamId(), record.leaf());
            case CMD_CFGI_STE_RANGE -> new InvalidationCommand.CfgiSteRange(record.streamId(), record.range());
            case CMD_CFGI_CD -> new InvalidationCommand.CfgiCd(record.streamId(), record.substreamId(), record.leaf());
            case CMD_CFGI_CD_ALL -> new InvalidationCommand.CfgiCdAll(record.streamId());
            case CMD_TLBI_NH_ALL -> new InvalidationCommand.TlbiNhAll(vmid(record));
            case CMD_TLBI_NH_ASID -> new InvalidationCommand.TlbiNhAsid(vmid(record), asid(record));
            case CMD_TLBI_NH_VA -> new InvalidationCommand.TlbiNhVa(vmid(record), asid(record), extent(record));
            case CMD_TLBI_NH_VAA -> new InvalidationCommand.TlbiNhVaa(vmid(record), extent(record));
            case CMD_TLBI_EL2_ALL -> new InvalidationCommand.TlbiEl2All();
            case CMD_TLBI_EL2_ASID -> new InvalidationCommand.TlbiEl2Asid(asid(record));
            case CMD_TLBI_EL2_VA -> new InvalidationCommand.TlbiEl2Va(asid(record), extent(record));
            case CMD_TLBI_EL2_VAA -> new InvalidationCommand.TlbiEl2Vaa(extent(record));
            case CMD_TLBI_S12_VMALL -> new InvalidationCommand.TlbiS12Vmall(vmid(record));
            case CMD_TLBI_S2_IPA -> new InvalidationCommand.TlbiS2Ipa(vmid(record), intermediate(record));
            case CMD_TLBI_NSNH_ALL -> new InvalidationCommand.TlbiNsnhAll();
            default -> other(opcode, record);
        };
    }

    private static Command other(CommandOpcode opcode, CommandRecord record) {
        return switch (opcode) {
            case CMD_PREFETCH_CONFIG ->
                new Command.PrefetchConfig(record.streamId(), record.ssv(), record.substreamId());
            case CMD_PREFETCH_ADDR ->
                new Command.PrefetchAddr(record.streamId(), record.ssv(), record.substreamId(), record.address());
            case CMD_ATC_INV -> atcInvalidation(record);
            case CMD_PRI_RESP -> new Command.PriResp(response(record));
            case CMD_RESUME -> new Command.Resume(record.streamId(), record.stag(), record.ac(), record.ab());
            case CMD_STALL_TERM -> new Command.StallTerm(record.streamId());
            case CMD_SYNC -> new Command.Sync(signal(record.cs()), record.msiAddress(), record.msiData());
            default -> throw new IllegalArgumentException(opcode + " belongs to no Non-secure queue");
        };
    }

    /**
     * The VMID that a TLBI names. Without stage 2 it is RES0 and taken as zero. Its upper byte counts also if VMID16 = 0, so that
     * such a command then matches no entry.
     */
    @Rule("A-CMQ-16")
    @Rule("A-CMQ-17")
    protected int vmid(CommandRecord record) {
        return ids.s2p() ? record.vmid() : 0;
    }

    /** The ASID that a TLBI names. Its upper byte counts also if ASID16 = 0, so that such a command then matches no entry. */
    @Rule("A-CMQ-16")
    protected int asid(CommandRecord record) {
        return record.asid();
    }

    private Extent extent(CommandRecord record) {
        return new Extent(record.address(), record.leaf(), range(record));
    }

    private Extent intermediate(CommandRecord record) {
        return new Extent(record.ipa(), record.leaf(), range(record));
    }

    /** Without IDR3.RIL the range fields are RES0, and with TG = 0 they have no meaning. */
    @Rule("C-RIL-01")
    protected Optional<Range> range(CommandRecord record) {
        if (!ids.ril() || record.tg() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Range(RangeFields.granule(record.tg()), RangeFields.ttl(record), record.num(), record.scale()));
    }

    /** Address bits below the span are ignored, and so is Global without a SubstreamID. */
    @Rule("A-ATS-11")
    private static Command atcInvalidation(CommandRecord record) {
        int size = record.atcSize();
        long address = size == EVERYTHING ? 0 : record.address() & -1L << 12 + size;
        boolean ssv = record.ssv();
        return new Command.AtcInv(
                record.streamId(), ssv, ssv ? record.substreamId() : 0, ssv && record.global(), address, size);
    }

    @Rule("A-PRI-04")
    private static PageResponse response(CommandRecord record) {
        return new PageResponse(
                record.streamId(),
                record.ssv(),
                record.ssv() ? record.substreamId() : 0,
                record.prgIndex(),
                switch (record.resp()) {
                    case 0 -> PageResponse.Code.RESPONSE_FAILURE;
                    case 1 -> PageResponse.Code.INVALID_REQUEST;
                    default -> PageResponse.Code.SUCCESS;
                });
    }

    private static Command.Signal signal(int cs) {
        return switch (cs) {
            case 1 -> Command.Signal.IRQ;
            case 2 -> Command.Signal.SEV;
            default -> Command.Signal.NONE;
        };
    }
}
