package org.nestor.judge;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.CommandDecoder;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.register.IdRegisters;

/** Reads commands as the SMMU may: legal, CERROR_ILL, or either. */
final class CommandReading {
    private static final RuleId RESERVED_BITS = RuleId.of("A-CMQ-15");
    private static final RuleId WIDE_TAGS = RuleId.of("A-CMQ-16");
    private static final RuleId NO_VMID = RuleId.of("A-CMQ-17");
    private static final RuleId UNKNOWN_OPCODE = RuleId.of("A-CMQ-19");
    private static final int FIRST_IMPLEMENTATION_DEFINED = 0x80;
    private static final int LAST_IMPLEMENTATION_DEFINED = 0x8F;
    private static final int UPPER_BYTE = 0xFF00;
    private static final int LARGEST_SPAN = 52;
    private static final int IRQ = 1;

    private final IdRegisters ids;
    private final CommandLegality legality;
    private final CommandDecoder decoder;
    private final RuleLog rules;

    CommandReading(IdRegisters ids, RuleLog rules) {
        this.ids = ids;
        this.rules = rules;
        this.legality = new CommandLegality(ids, rules);
        this.decoder = new CommandDecoder(ids);
    }

    /** Whether a command is an error. */
    enum Legality {
        LEGAL,
        ILLEGAL,
        /** The implementation may take it either way. */
        EITHER
    }

    /**
     * A command as read.
     *
     * @param command what it does unless it is an error; empty if that is not known or it always is one
     * @param binding whether what it removes must be removed
     */
    record Reading(Legality legality, Optional<Command> command, boolean binding) {}

    @Rule("A-CMQ-15")
    @Rule("A-CMQ-19")
    Reading read(CommandRecord record) {
        Optional<CommandOpcode> opcode = record.command();
        if (opcode.isEmpty()) {
            rules.decided(UNKNOWN_OPCODE);
            return new Reading(unknown(record.opcode()), Optional.empty(), false);
        }
        return read(opcode.get(), record);
    }

    private static Legality unknown(int opcode) {
        boolean free = opcode >= FIRST_IMPLEMENTATION_DEFINED && opcode <= LAST_IMPLEMENTATION_DEFINED;
        return free ? Legality.EITHER : Legality.ILLEGAL;
    }

    private Reading read(CommandOpcode opcode, CommandRecord record) {
        if (opcode == CommandOpcode.CMD_ATC_INV && ids.ats() && record.atcSize() > LARGEST_SPAN) {
            return new Reading(Legality.EITHER, Optional.empty(), false);
        }
        if (!legality.legal(opcode, record)) {
            boolean unmodelled = opcode == CommandOpcode.CMD_CFGI_VMS_PIDM
                    || opcode == CommandOpcode.CMD_DPTI_ALL
                    || opcode == CommandOpcode.CMD_DPTI_PA;
            return new Reading(unmodelled ? Legality.EITHER : Legality.ILLEGAL, Optional.empty(), false);
        }
        boolean reserved = reservedBits(opcode, record);
        boolean wide = wideTags(opcode, record);
        rules.followed(RESERVED_BITS, reserved);
        rules.followed(ids.s2p() ? WIDE_TAGS : NO_VMID, wide);
        return new Reading(
                reserved ? Legality.EITHER : Legality.LEGAL, Optional.of(decoder.decode(opcode, record)), !wide);
    }

    /** Whether a bit that is RES0 on this implementation is set. */
    private boolean reservedBits(CommandOpcode opcode, CommandRecord record) {
        Layout layout = opcode.layout();
        return (record.dw0() & layout.reserved(0)) != 0
                || (record.dw1() & layout.reserved(1)) != 0
                || wideTags(opcode, record)
                || rangeWithoutSupport(opcode, record)
                || substream(opcode, record)
                || signal(opcode, record)
                || opcode == CommandOpcode.CMD_PREFETCH_ADDR && record.stride() != 0 && !ids.atLeastV3(1);
    }

    /** VMID or ASID bits that do not exist: the command need not affect any entry. */
    @Rule("A-CMQ-16")
    @Rule("A-CMQ-17")
    private boolean wideTags(CommandOpcode opcode, CommandRecord record) {
        boolean vmid = opcode.layout().find("VMID").isPresent()
                && (ids.s2p() ? !ids.vmid16() && (record.vmid() & UPPER_BYTE) != 0 : record.vmid() != 0);
        boolean asid = opcode.layout().find("ASID").isPresent() && !ids.asid16() && (record.asid() & UPPER_BYTE) != 0;
        return vmid || asid;
    }

    private boolean rangeWithoutSupport(CommandOpcode opcode, CommandRecord record) {
        if (opcode.layout().find("TG").isEmpty()) {
            return false;
        }
        boolean fields = record.num() != 0 || record.scale() != 0 || record.ttl() != 0;
        return ids.ril() ? record.tg() == 0 && fields : fields || record.tg() != 0;
    }

    private boolean substream(CommandOpcode opcode, CommandRecord record) {
        if (opcode.layout().find("SSV").isEmpty()) {
            return false;
        }
        return record.ssv() ? ids.ssidSize() == 0 : record.substreamId() != 0 || record.global();
    }

    /** The MSI fields of a CMD_SYNC that sends none. */
    private boolean signal(CommandOpcode opcode, CommandRecord record) {
        return opcode == CommandOpcode.CMD_SYNC
                && (record.cs() != IRQ || !ids.msi())
                && (record.msiAddress() != 0 || record.msiData() != 0);
    }
}
