package org.nestor.smmu.register;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;

/**
 * Which bits of a register software may change at this moment.
 *
 * <p>A write that a guard forbids is ignored, in every architecture version: SMMUv3.2 asks for that, and earlier versions allow
 * it. A guard is satisfied only if the enable bit is 0 both as written and as acknowledged.
 */
public class RegisterGuards {
    private static final RuleId STREAM_TABLE = RuleId.of("A-REG-10");
    private static final RuleId ATTRIBUTES = RuleId.of("A-REG-11");
    private static final RuleId COMMAND_QUEUE = RuleId.of("A-REG-12");
    private static final RuleId OUTPUT_QUEUES = RuleId.of("A-REG-13");
    private static final RuleId INTERRUPTS = RuleId.of("A-REG-16");
    private static final RuleId PRESET = RuleId.of("A-REG-17");
    private static final RuleId IDENTIFICATION = RuleId.of("A-REG-05");
    private static final RuleId ANY_TIME = RuleId.of("A-REG-14");
    private static final RuleId PUBLISHED_WHILE_DISABLED = RuleId.of("A-CMQ-08");
    private static final RuleId AFTER_DISABLING = RuleId.of("A-CER-21");
    private static final long QUEUE_ATTRIBUTES = 0x3F;
    private static final Field CMDQ_ERR = RegisterLayouts.GERROR.field("CMDQ_ERR");
    private static final Field GERROR_IRQEN = RegisterLayouts.IRQ_CTRL.field("GERROR_IRQEN");
    private static final Field EVENTQ_IRQEN = RegisterLayouts.IRQ_CTRL.field("EVENTQ_IRQEN");
    private static final Field PRIQ_IRQEN = RegisterLayouts.IRQ_CTRL.field("PRIQ_IRQEN");

    private final RegisterBank bank;
    private final IdRegisters ids;
    private final RuleLog rules;

    public RegisterGuards(RegisterBank bank, IdRegisters ids, RuleLog rules) {
        this.bank = bank;
        this.ids = ids;
        this.rules = rules;
    }

    /** The bits that a write may change now, out of those that exist. CR0, IRQ_CTRL and GBPA have their own protocols. */
    public final long writable(Register register, long implemented) {
        return switch (register) {
            case STRTAB_BASE, STRTAB_BASE_CFG -> guarded(streamTable(), implemented, STREAM_TABLE);
            case CR1 ->
                guarded(tableAttributes(), implemented & ~QUEUE_ATTRIBUTES, ATTRIBUTES)
                        | guarded(queueAttributes(), implemented & QUEUE_ATTRIBUTES, ATTRIBUTES);
            case CR2 -> guarded(tableAttributes(), implemented, ATTRIBUTES);
            case CMDQ_BASE -> guarded(commandQueue() && !presetQueues(), implemented, COMMAND_QUEUE);
            case CMDQ_CONS -> {
                rules.followed(AFTER_DISABLING, !commandQueue() && errorActive());
                yield guarded(commandQueue(), implemented, COMMAND_QUEUE);
            }
            case EVENTQ_BASE -> guarded(eventQueue() && !presetQueues(), implemented, OUTPUT_QUEUES);
            case EVENTQ_PROD -> guarded(eventQueue(), implemented, OUTPUT_QUEUES);
            case PRIQ_BASE -> guarded(pageRequestQueue() && !presetQueues(), implemented, OUTPUT_QUEUES);
            case PRIQ_PROD -> guarded(pageRequestQueue(), implemented, OUTPUT_QUEUES);
            case GERROR_IRQ_CFG0, GERROR_IRQ_CFG1, GERROR_IRQ_CFG2 ->
                guarded(interruptConfiguration(GERROR_IRQEN), implemented, INTERRUPTS);
            case EVENTQ_IRQ_CFG0, EVENTQ_IRQ_CFG1, EVENTQ_IRQ_CFG2 ->
                guarded(interruptConfiguration(EVENTQ_IRQEN), implemented, INTERRUPTS);
            case PRIQ_IRQ_CFG0, PRIQ_IRQ_CFG1, PRIQ_IRQ_CFG2 ->
                guarded(interruptConfiguration(PRIQ_IRQEN), implemented, INTERRUPTS);
            default -> unguarded(register, implemented);
        };
    }

    private long unguarded(Register register, long implemented) {
        boolean writable = atAnyTime(register);
        rules.decided(writable ? ANY_TIME : IDENTIFICATION);
        rules.followed(PUBLISHED_WHILE_DISABLED, register == Register.CMDQ_PROD && bank.disabled(Enable.CMDQEN));
        return writable ? implemented : 0;
    }

    private boolean errorActive() {
        long differing = bank.get(Register.GERROR) ^ bank.get(Register.GERRORN);
        return CMDQ_ERR.isSet(differing);
    }

    private long guarded(boolean open, long bits, RuleId rule) {
        if (!open) {
            rules.decided(rule);
        }
        return open ? bits : 0;
    }

    /** CMDQ_PROD, EVENTQ_CONS and PRIQ_CONS, which hand entries over, and GERRORN, which acknowledges. */
    @Rule("A-REG-05")
    @Rule("A-REG-14")
    @Rule("A-CMQ-08")
    protected boolean atAnyTime(Register register) {
        return switch (register) {
            case CMDQ_PROD, EVENTQ_CONS, PRIQ_CONS, GERRORN -> true;
            default -> false;
        };
    }

    /** STRTAB_BASE and STRTAB_BASE_CFG: while SMMUEN = 0, unless the table is preset. */
    @Rule("A-REG-10")
    @Rule("A-REG-17")
    @Rule("A-CTL-02")
    protected boolean streamTable() {
        if (ids.tablesPreset()) {
            rules.decided(PRESET);
            return false;
        }
        return bank.disabled(Enable.SMMUEN);
    }

    /** CR1.TABLE_* and CR2: while SMMUEN = 0. */
    @Rule("A-REG-11")
    protected boolean tableAttributes() {
        return bank.disabled(Enable.SMMUEN);
    }

    /** CR1.QUEUE_*: while every queue is disabled. */
    @Rule("A-REG-11")
    protected boolean queueAttributes() {
        return bank.disabled(Enable.CMDQEN) && bank.disabled(Enable.EVENTQEN) && bank.disabled(Enable.PRIQEN);
    }

    /** CMDQ_BASE and CMDQ_CONS: while CMDQEN = 0. */
    @Rule("A-REG-12")
    @Rule("A-CER-21")
    protected boolean commandQueue() {
        return bank.disabled(Enable.CMDQEN);
    }

    /** EVENTQ_BASE and EVENTQ_PROD: while EVENTQEN = 0. */
    @Rule("A-REG-13")
    protected boolean eventQueue() {
        return bank.disabled(Enable.EVENTQEN);
    }

    /** PRIQ_BASE and PRIQ_PROD: while PRIQEN = 0 as written, whatever SMMUEN makes of it. */
    @Rule("A-REG-13")
    protected boolean pageRequestQueue() {
        return bank.disabled(Enable.PRIQEN);
    }

    /** The queue BASE registers are fixed. */
    @Rule("A-REG-17")
    protected boolean presetQueues() {
        if (ids.queuesPreset()) {
            rules.decided(PRESET);
        }
        return ids.queuesPreset();
    }

    /** *_IRQ_CFG0 to 2: while the source is off in IRQ_CTRL and IRQ_CTRLACK; otherwise the write is ignored. */
    @Rule("A-REG-16")
    protected boolean interruptConfiguration(Field irqen) {
        return !irqen.isSet(bank.get(Register.IRQ_CTRL) | bank.get(Register.IRQ_CTRLACK));
    }
}
