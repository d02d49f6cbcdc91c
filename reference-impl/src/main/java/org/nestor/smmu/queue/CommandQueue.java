package org.nestor.smmu.queue;

import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;

/** The SMMU's side of the command queue. No command is fetched before it is the next to be consumed. */
public class CommandQueue {
    private static final RuleId ERROR_ACTIVE = RuleId.of("A-CER-02");
    private static final RuleId INCONSISTENT = RuleId.of("A-CMQ-07");
    private static final RuleId ERROR_REPORTED = RuleId.of("A-CER-01");
    private static final RuleId CONSUMED = RuleId.of("A-CMQ-02");
    private static final RuleId IN_ORDER = RuleId.of("A-CMQ-01");
    private static final RuleId ADDRESSED = RuleId.of("A-CMQ-09");
    private static final RuleId WITHOUT_EFFECT = RuleId.of("A-CER-06");
    private static final RuleId WAITS_FOR_ENABLE = RuleId.of("A-CTL-08");
    private static final Field ERR = RegisterLayouts.CMDQ_CONS.field("ERR");

    private final RegisterBank bank;
    private final QueueRegisters registers;
    private final PhysicalMemory memory;
    private final GlobalErrors errors;
    private final InterruptController interrupts;
    private final RuleLog rules;
    private boolean halted;

    public CommandQueue(QueueContext context, IdRegisters ids) {
        this.bank = context.bank();
        this.registers = QueueRegisters.commands(context, ids);
        this.memory = context.memory();
        this.errors = context.errors();
        this.interrupts = context.interrupts();
        this.rules = context.rules();
    }

    /** Whether the command at RD is to be consumed now. */
    @Rule("A-CMQ-01")
    @Rule("A-CER-02")
    @Rule("A-CER-04")
    @Rule("A-CTL-08")
    @Rule("A-CTL-11")
    public boolean ready() {
        if (!bank.enabled(Enable.CMDQEN)) {
            halted = false;
            rules.followed(WAITS_FOR_ENABLE, !registers.empty());
            return false;
        }
        if (registers.empty() || errors.serviceFailure()) {
            return false;
        }
        if (errors.active(GlobalError.CMDQ_ERR)) {
            rules.decided(ERROR_ACTIVE);
            return false;
        }
        halted |= !plausible();
        return !halted;
    }

    /**
     * Whether the indexes make sense. If not, this SMMU stops consuming until the queue was disabled, out of what is CONSTRAINED
     * UNPREDICTABLE.
     */
    @Rule("A-CMQ-07")
    protected boolean plausible() {
        boolean consistent = registers.consistent();
        if (!consistent) {
            rules.decided(INCONSISTENT);
        }
        return consistent;
    }

    /**
     * Reads the command at RD from memory.
     *
     * @throws ExternalAbort if memory aborts the read
     */
    @Rule("A-CMQ-06")
    @Rule("A-CMQ-09")
    @Rule("A-CMQ-10")
    public CommandRecord fetch() {
        rules.decided(ADDRESSED);
        long address = registers.readAddress();
        return new CommandRecord(memory.read64(address), memory.read64(address + 8));
    }

    /** Marks the command at RD as consumed. */
    @Rule("A-CMQ-01")
    @Rule("A-CMQ-02")
    public void consume() {
        rules.decided(CONSUMED);
        rules.decided(IN_ORDER);
        registers.advanceRead();
    }

    /** Reports that the command at RD failed: ERR first, then GERROR; RD stays. */
    @Rule("A-CER-01")
    @Rule("A-CER-06")
    @Rule("A-CER-20")
    public void fail(CommandError error) {
        rules.decided(ERROR_REPORTED);
        rules.decided(WITHOUT_EFFECT);
        bank.set(Register.CMDQ_CONS, ERR, error.code());
        interrupts.error(GlobalError.CMDQ_ERR);
    }
}
