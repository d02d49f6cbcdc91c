package org.nestor.explain;

import java.util.List;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.IdRegisters;

/** Which operands of a command have an effect, given its other operands and the ID registers. */
final class CommandUsage {

    private static final Status WIDE_ID = new Status(Mark.RES0, List.of(RuleId.of("A-CMQ-16")));
    private static final Status NO_STAGE_2 = new Status(Mark.RES0, List.of(RuleId.of("A-CMQ-17")));
    private static final int SIG_IRQ = 1;

    private final CommandRecord command;
    private final IdRegisters id;

    CommandUsage(CommandRecord command, IdRegisters id) {
        this.command = command;
        this.id = id;
    }

    Status status(String field) {
        return switch (field) {
            case "SubstreamID" -> command.layout().find("SSV").isPresent() ? Status.usedIf(command.ssv()) : Status.NONE;
            case "Global" -> Status.usedIf(command.ssv());
            case "TG" -> id.ril() ? Status.NONE : reserved(command.tg());
            case "NUM" -> range(command.num());
            case "SCALE" -> range(command.scale());
            case "TTL" -> range(command.ttl());
            case "VMID" -> vmid();
            case "ASID" -> !id.asid16() && command.asid() > 0xFF ? WIDE_ID : Status.NONE;
            case "Ab" -> Status.usedIf(!command.ac());
            case "MSH", "MSIAttr", "MSIData" -> Status.usedIf(sendsMsi() && command.msiAddress() != 0);
            case "MSIAddress" -> Status.usedIf(sendsMsi());
            default -> Status.NONE;
        };
    }

    private boolean sendsMsi() {
        return command.cs() == SIG_IRQ && id.msi();
    }

    private Status vmid() {
        if (!id.s2p()) {
            return command.vmid() == 0 ? Status.IGNORED : NO_STAGE_2;
        }
        return !id.vmid16() && command.vmid() > 0xFF ? WIDE_ID : Status.NONE;
    }

    private Status range(int value) {
        return id.ril() ? Status.usedIf(command.tg() != 0) : reserved(value);
    }

    private static Status reserved(int value) {
        return value == 0 ? Status.IGNORED : Status.RES0;
    }
}
