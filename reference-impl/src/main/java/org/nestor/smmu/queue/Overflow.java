package org.nestor.smmu.queue;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;

/** The overflow flags of an output queue: PROD.OVFLG against CONS.OVACKFLG. */
public class Overflow {
    private static final RuleId FIRST = RuleId.of("A-EVQ-03");
    private static final RuleId REPEATED = RuleId.of("A-EVQ-04");
    private static final Field OVFLG = RegisterLayouts.OUTPUT_QUEUE_PROD.field("OVFLG");
    private static final Field OVACKFLG = RegisterLayouts.OUTPUT_QUEUE_CONS.field("OVACKFLG");

    private final RegisterBank bank;
    private final Register prod;
    private final Register cons;
    private final RuleLog rules;

    /** The flags of the event queue or the PRI queue, by their PROD and CONS registers. */
    public Overflow(RegisterBank bank, Register prod, Register cons, RuleLog rules) {
        this.bank = bank;
        this.prod = prod;
        this.cons = cons;
        this.rules = rules;
    }

    /** The flags of the event queue. */
    public static Overflow ofEvents(QueueContext context) {
        return new Overflow(context.bank(), Register.EVENTQ_PROD, Register.EVENTQ_CONS, context.rules());
    }

    /** Software has not acknowledged the last overflow; it does so by writing OVACKFLG equal to OVFLG. */
    @Rule("A-EVQ-05")
    @Rule("A-PRI-06")
    public boolean unacknowledged() {
        return bank.isSet(prod, OVFLG) != bank.isSet(cons, OVACKFLG);
    }

    /** An entry was lost because the queue is full. This flag is the only report of it: GERROR does not change. */
    @Rule("A-EVQ-03")
    @Rule("A-EVQ-04")
    @Rule("A-EVQ-13")
    public void report() {
        if (unacknowledged()) {
            rules.decided(REPEATED);
            return;
        }
        rules.decided(FIRST);
        bank.set(prod, OVFLG, bank.isSet(prod, OVFLG) ? 0 : 1);
    }
}
