package org.nestor.judge;

import org.nestor.smmu.format.Field;
import org.nestor.smmu.queue.QueueArithmetic;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** Where the entries of a queue are, by its BASE register. */
final class QueueRing {
    private static final Field LOG2SIZE = RegisterLayouts.CMDQ_BASE.field("LOG2SIZE");
    private static final Field ADDR = RegisterLayouts.CMDQ_BASE.field("ADDR");

    private final QueueArithmetic arithmetic = new QueueArithmetic();
    private final RegisterValues registers;
    private final Register base;
    private final int maximumLog2Size;
    private final int entryBytes;

    QueueRing(RegisterValues registers, Register base, int maximumLog2Size, int entryBytes) {
        this.registers = registers;
        this.base = base;
        this.maximumLog2Size = maximumLog2Size;
        this.entryBytes = entryBytes;
    }

    private int log2Size() {
        return arithmetic.log2Size((int) LOG2SIZE.extract(registers.get(base)), maximumLog2Size);
    }

    int entries() {
        return 1 << log2Size();
    }

    /** Index and wrap flag of an index register. */
    int position(long register) {
        return arithmetic.position((int) register, log2Size());
    }

    /** How many entries lie from one position up to another; more than there are if the two are inconsistent. */
    int distance(int from, int to) {
        return arithmetic.filled(to, from, log2Size());
    }

    private long start() {
        return arithmetic.baseAddress(ADDR.inPlace(registers.get(base)), log2Size(), entryBytes);
    }

    /** Address of the entry at a position. */
    long address(int position) {
        return arithmetic.entryAddress(start(), position, log2Size(), entryBytes);
    }

    boolean overlaps(long address, int length) {
        long start = start();
        return address < start + (long) entries() * entryBytes && start < address + length;
    }

    /** The position within the ring, wrap flag apart, of the entry that holds this address; -1 if it is outside. */
    int indexAt(long address) {
        long offset = address - start();
        return offset >= 0 && offset < (long) entries() * entryBytes ? (int) (offset / entryBytes) : -1;
    }

    /** First and last byte, for the question whether they are in memory. */
    long firstByte() {
        return start();
    }

    int bytes() {
        return entries() * entryBytes;
    }
}
