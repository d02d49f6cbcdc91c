package org.nestor.iommu.smmuv3;

import java.util.BitSet;
import java.util.OptionalInt;
import org.nestor.rule.Rule;

/** The numbers of an SMMU's VMIDs or ASIDs that are taken. Number 0 is never given out. */
public final class IdSpace {
    private final BitSet taken = new BitSet();
    private final int size;

    /** The numbers below 2^bits. */
    IdSpace(int bits) {
        this.size = 1 << bits;
        taken.set(0);
    }

    /** The lowest free number. */
    @Rule("R-ALLOC-11")
    @Rule("R-ALLOC-12")
    OptionalInt allocate() {
        int id = taken.nextClearBit(0);
        if (id >= size) {
            return OptionalInt.empty();
        }
        taken.set(id);
        return OptionalInt.of(id);
    }

    void release(int id) {
        taken.clear(id);
    }

    /** How many numbers are given out. */
    public int used() {
        return taken.cardinality() - 1;
    }
}
