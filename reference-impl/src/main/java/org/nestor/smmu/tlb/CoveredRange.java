package org.nestor.smmu.tlb;

import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.format.Granule;

/** Which addresses and levels a by-address command covers (IHI 0070 section 4.4.1.1). */
public class CoveredRange {

    /**
     * Whether the command must remove a leaf descriptor.
     *
     * @param base first address that the descriptor translates
     * @param shift log2 of the range it translates, which tells its granule and level
     */
    @Rule("C-INV-01")
    @Rule("C-RIL-01")
    @Rule("C-RIL-03")
    @Rule("C-RIL-04")
    @Rule("C-RIL-08")
    public boolean coversLeaf(Extent extent, long base, int shift) {
        if (extent.range().isEmpty()) {
            return extent.address() >>> shift == base >>> shift;
        }
        Range range = extent.range().get();
        Granule granule = range.granule();
        int ttl = effectiveTtl(range);
        boolean hinted = ttl == 0 ? levelOf(granule, shift) >= 0 : levelOf(granule, shift) == ttl;
        return hinted && aligned(extent.address(), range) && intersects(extent.address(), range, base, shift);
    }

    /**
     * Whether the command must remove a table descriptor, leaving aside its Leaf bit.
     *
     * @param shift log2 of the range below the descriptor
     */
    @Rule("C-RIL-05")
    public boolean coversTable(Extent extent, long base, int shift) {
        if (extent.range().isEmpty()) {
            return extent.address() >>> shift == base >>> shift;
        }
        Range range = extent.range().get();
        int level = levelOf(range.granule(), shift);
        int ttl = effectiveTtl(range);
        return level >= 0
                && (ttl == 0 || level < ttl)
                && aligned(extent.address(), range)
                && intersects(extent.address(), range, base, shift);
    }

    /** TTL = 1 with 16 KiB tables is no hint. */
    @Rule("C-RIL-10")
    protected int effectiveTtl(Range range) {
        return range.granule() == Granule.KB16 && range.ttl() == 1 ? 0 : range.ttl();
    }

    /** A range whose start is not aligned to the granule, or to the size that TTL names, removes nothing here. */
    @Rule("C-RIL-09")
    protected boolean aligned(long address, Range range) {
        int ttl = effectiveTtl(range);
        return (address & (1L << range.granule().coverage(ttl == 0 ? 3 : ttl)) - 1) == 0;
    }

    @Rule("C-RIL-02")
    @Rule("C-RIL-06")
    protected boolean intersects(long address, Range range, long base, int shift) {
        int pageShift = range.granule().shift() + range.scale();
        long last = address + ((range.num() + 1L) << pageShift) - 1;
        boolean wraps = Long.compareUnsigned(last, address) < 0 || pageShift >= 58;
        long end = wraps ? -1 : last;
        long lastOfEntry = base + (1L << shift) - 1;
        return Long.compareUnsigned(base, end) <= 0 && Long.compareUnsigned(address, lastOfEntry) <= 0;
    }

    /** The level at which one descriptor of the granule covers 2^shift bytes, -1 if there is none. */
    static int levelOf(Granule granule, int shift) {
        int above = shift - granule.shift();
        return above >= 0 && above % granule.bitsPerLevel() == 0 && above <= 3 * granule.bitsPerLevel()
                ? 3 - above / granule.bitsPerLevel()
                : -1;
    }
}
