package org.nestor.bugs.tlb;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;

/** Finds what a command for a single address removes by the exact address, and so no block unless its first page is named. */
public final class FirstPageOfBlock extends CoveredRange {
    private static final long PAGE = -4096;

    @Override
    public boolean coversLeaf(InvalidationCommand.Extent extent, long base, int shift) {
        return extent.range().isEmpty() ? (extent.address() & PAGE) == base : super.coversLeaf(extent, base, shift);
    }
}
