package org.nestor.smmu.queue;

import org.nestor.rule.Rule;

/**
 * Index arithmetic of a circular queue of 2^n entries (IHI 0070 section 3.5.1). An index register holds the index in bits [n-1:0]
 * and the wrap flag in bit n; bits above that are ignored.
 */
public class QueueArithmetic {

    /** n: LOG2SIZE as written, or the largest the SMMU supports if that is smaller. */
    public int log2Size(int written, int maximum) {
        return Math.min(written, maximum);
    }

    /** The address of entry 0: the low bits of ADDR below max(32 bytes, queue size) are taken as zero. */
    public long baseAddress(long address, int log2Size, int entryBytes) {
        return address & -Math.max(32L, (long) entryBytes << log2Size);
    }

    public int index(int pointer, int log2Size) {
        return pointer & (1 << log2Size) - 1;
    }

    /** Index and wrap flag. */
    @Rule("A-REG-18")
    public int position(int pointer, int log2Size) {
        return pointer & (1 << log2Size + 1) - 1;
    }

    /** Index and wrap flag are equal. */
    public boolean empty(int prod, int cons, int log2Size) {
        return position(prod, log2Size) == position(cons, log2Size);
    }

    /** The index is equal and the wrap flag differs. */
    public boolean full(int prod, int cons, int log2Size) {
        return (position(prod, log2Size) ^ position(cons, log2Size)) == 1 << log2Size;
    }

    /** The next position, which inverts the wrap flag behind the last entry. */
    public int increment(int pointer, int log2Size) {
        return position(pointer + 1, log2Size);
    }

    /** How many entries lie from {@code cons} up to {@code prod}; more than 2^n if the two are inconsistent. */
    public int filled(int prod, int cons, int log2Size) {
        return position(prod - cons, log2Size);
    }

    @Rule("A-CMQ-09")
    @Rule("A-EVQ-02")
    public long entryAddress(long baseAddress, int pointer, int log2Size, int entryBytes) {
        return baseAddress + (long) index(pointer, log2Size) * entryBytes;
    }
}
