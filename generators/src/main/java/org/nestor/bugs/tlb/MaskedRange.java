package org.nestor.bugs.tlb;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;

/** Compares addresses under a mask made of the length of a range, for the lengths that are chosen. */
public final class MaskedRange extends CoveredRange {
    private final boolean powersOfTwo;

    private MaskedRange(boolean powersOfTwo) {
        this.powersOfTwo = powersOfTwo;
    }

    /** Ranges whose number of pages is a power of two: right only if the range is aligned to its own length. */
    public static MaskedRange ofPowersOfTwo() {
        return new MaskedRange(true);
    }

    /** Ranges with any other number of pages, whose mask has holes. */
    public static MaskedRange ofOtherLengths() {
        return new MaskedRange(false);
    }

    @Override
    protected boolean intersects(long address, InvalidationCommand.Range range, long base, int shift) {
        int pages = range.num() + 1;
        if (powersOfTwo != (Integer.bitCount(pages) == 1)) {
            return super.intersects(address, range, base, shift);
        }
        long mask = ((long) pages << range.granule().shift() + range.scale()) - 1;
        return (address & -1L << shift) == base || (base & ~mask) == address;
    }
}
