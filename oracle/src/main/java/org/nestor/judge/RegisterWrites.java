package org.nestor.judge;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterFeatures;
import org.nestor.smmu.register.RegisterGuards;

/**
 * What a write does to a register that a guard may keep from changing. The reference's guards are asked twice: as if every change
 * that is not acknowledged yet had not happened, and as if it had.
 */
final class RegisterWrites {
    private static final int GUARDS_IGNORE = 2;

    private final IdRegisters ids;
    private final RegisterValues values;
    private final AcknowledgedBits control;
    private final AcknowledgedBits interruptControl;
    private final RegisterFeatures features;
    private final RegisterBank scratch = new RegisterBank();
    private final RegisterGuards guards;

    RegisterWrites(
            IdRegisters ids,
            RegisterValues values,
            AcknowledgedBits control,
            AcknowledgedBits interruptControl,
            RuleLog rules) {
        this.ids = ids;
        this.values = values;
        this.control = control;
        this.interruptControl = interruptControl;
        this.features = new RegisterFeatures(ids);
        this.guards = new RegisterGuards(scratch, ids, rules);
    }

    /** Stores what is certain, and forgets what the architecture leaves open. */
    @Rule("A-REG-10")
    @Rule("A-REG-11")
    @Rule("A-REG-12")
    @Rule("A-REG-13")
    @Rule("A-REG-14")
    @Rule("A-REG-16")
    @Rule("A-REG-17")
    void store(Register register, long mask, long value) {
        long implemented = features.implemented(register) & mask;
        if (register.kind() == Register.Kind.READ_WRITE) {
            values.set(register, implemented, value);
            return;
        }
        long settled = writable(register, implemented, control.lowest(), interruptControl.lowest());
        long pending = writable(register, implemented, control.highest(), interruptControl.highest());
        values.set(register, settled & pending, value);
        values.forget(register, (settled ^ pending) & (value ^ values.get(register)));
        refuse(register, implemented & ~(settled | pending), value);
    }

    private long writable(Register register, long implemented, long cr0ack, long irqack) {
        scratch.set(Register.CR0, control.requested());
        scratch.set(Register.CR0ACK, cr0ack);
        scratch.set(Register.IRQ_CTRL, interruptControl.requested());
        scratch.set(Register.IRQ_CTRLACK, irqack);
        return guards.writable(register, implemented);
    }

    /** A write that a guard forbids: ignored from SMMUv3.2 on, and before that ignored or not. */
    private void refuse(Register register, long mask, long value) {
        if (mask == 0) {
            return;
        }
        switch (register) {
            case STRTAB_BASE, STRTAB_BASE_CFG -> forget(register, mask, !ids.tablesPreset());
            case CMDQ_BASE, EVENTQ_BASE, PRIQ_BASE -> forget(register, mask, !ids.queuesPreset());
            case CMDQ_CONS, EVENTQ_PROD, PRIQ_PROD -> forget(register, mask, true);
            case CR1 -> forget(register, mask & (value ^ values.get(register)), true);
            case CR2 -> forget(register, mask & (value ^ values.get(register)), control.maybeClear(1));
            default -> values.forget(register, mask);
        }
    }

    private void forget(Register register, long mask, boolean writable) {
        if (writable && !ids.atLeastV3(GUARDS_IGNORE)) {
            values.forget(register, mask);
        }
    }

    /** The bits of the register that hold what was written. */
    long implemented(Register register) {
        return features.implemented(register);
    }
}
