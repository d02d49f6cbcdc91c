package org.nestor.bugs.command;

import org.nestor.smmu.queue.QueueArithmetic;

/** Knows no wrap flag: equal indexes are an empty queue, and the read index never inverts its flag. */
public final class WraplessArithmetic extends QueueArithmetic {

    @Override
    public boolean empty(int prod, int cons, int log2Size) {
        return index(prod, log2Size) == index(cons, log2Size);
    }

    @Override
    public int increment(int pointer, int log2Size) {
        return index(pointer + 1, log2Size);
    }

    @Override
    public int filled(int prod, int cons, int log2Size) {
        return index(prod - cons, log2Size);
    }
}
