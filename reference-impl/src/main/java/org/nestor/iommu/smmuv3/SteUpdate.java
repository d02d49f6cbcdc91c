package org.nestor.iommu.smmuv3;

import java.util.List;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Line;

/** How the STE of a stream that may be in use becomes another. */
public class SteUpdate {

    /**
     * What memory holds one after the other, hardware being told after each: whatever a fetch sees of the stores in between is the old
     * STE, the new one, or, where these cannot be joined, an invalid one.
     */
    @Rule("R-STE-20")
    public List<SteImage> images(SteImage old, SteImage target) {
        Line from = old.line();
        Line to = target.line();
        return EntryUpdate.ofSte(from, to, safe(from, to)).stream()
                .map(SteImage::of)
                .toList();
    }

    /** Bits that both STEs use, and that may change early or late all the same. */
    protected Line safe(Line old, Line target) {
        return UsedBits.safeSte(old, target);
    }
}
