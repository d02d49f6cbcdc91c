package org.nestor.bugs.tlb;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.tlb.CoveredRange;

/** Takes the code of a granule for log2 of its size, so that a range is some bytes long. */
public final class GranuleCodeAsShift extends CoveredRange {

    @Override
    protected boolean intersects(long address, InvalidationCommand.Range range, long base, int shift) {
        long bytes = range.num() + 1L << code(range.granule()) + range.scale();
        boolean below = Long.compareUnsigned(base, address + bytes - 1) <= 0;
        return below && Long.compareUnsigned(address, base + (1L << shift) - 1) <= 0;
    }

    private static int code(Granule granule) {
        return switch (granule) {
            case KB4 -> 1;
            case KB16 -> 2;
            case KB64 -> 3;
        };
    }
}
