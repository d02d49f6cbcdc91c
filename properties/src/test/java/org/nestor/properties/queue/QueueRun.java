package org.nestor.properties.queue;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.queue.Overflow;
import org.nestor.smmu.queue.QueueArithmetic;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;

/**
 * An output queue as its two indexes and two flags, beside numbers that never wrap: how many entries were ever produced and
 * consumed, and whether one was lost that software has not acknowledged.
 */
final class QueueRun {
    private static final Field OVFLG = RegisterLayouts.OUTPUT_QUEUE_PROD.field("OVFLG");
    private static final Field OVACKFLG = RegisterLayouts.OUTPUT_QUEUE_CONS.field("OVACKFLG");

    private final QueueArithmetic arithmetic = new QueueArithmetic();
    private final RegisterBank bank = new RegisterBank();
    private final Overflow overflow = new Overflow(bank, Register.EVENTQ_PROD, Register.EVENTQ_CONS, RuleLog.NONE);
    private final int log2Size;
    private int prod;
    private int cons;

    private long produced;
    private long consumed;
    private boolean lost;
    private boolean lostWithRoom;

    /** What either side does next. */
    enum Action {
        /** The producer has an entry; if the queue is full, it is lost. */
        PRODUCE,
        /** The consumer takes an entry, if there is one. */
        CONSUME,
        /** Software acknowledges an overflow. */
        ACKNOWLEDGE
    }

    /** An empty queue whose indexes are equal, at any position. */
    QueueRun(int log2Size, int position) {
        this.log2Size = log2Size;
        this.prod = arithmetic.position(position, log2Size);
        this.cons = prod;
    }

    void step(Action action) {
        switch (action) {
            case PRODUCE -> produce();
            case CONSUME -> consume();
            case ACKNOWLEDGE -> acknowledge();
        }
    }

    private void produce() {
        if (arithmetic.full(prod, cons, log2Size)) {
            overflow.report();
            lost = true;
            lostWithRoom |= produced - consumed < size();
        } else {
            prod = arithmetic.increment(prod, log2Size);
            produced++;
        }
    }

    private void consume() {
        if (!arithmetic.empty(prod, cons, log2Size)) {
            cons = arithmetic.increment(cons, log2Size);
            consumed++;
        }
    }

    private void acknowledge() {
        bank.set(Register.EVENTQ_CONS, OVACKFLG, bank.isSet(Register.EVENTQ_PROD, OVFLG) ? 1 : 0);
        lost = false;
    }

    long size() {
        return 1L << log2Size;
    }

    long produced() {
        return produced;
    }

    long consumed() {
        return consumed;
    }

    int filled() {
        return arithmetic.filled(prod, cons, log2Size);
    }

    /** Whether something was ever lost although fewer entries than the queue has were produced and not consumed. */
    boolean lostWithRoom() {
        return lostWithRoom;
    }

    boolean lost() {
        return lost;
    }

    boolean unacknowledged() {
        return overflow.unacknowledged();
    }
}
