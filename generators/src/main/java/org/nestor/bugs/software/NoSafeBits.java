package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.SteUpdate;
import org.nestor.smmu.format.Line;

/** Holds every bit that an STE uses for one that must not change early or late, MEV and EATS among them. */
public final class NoSafeBits extends SteUpdate {
    @Override
    protected Line safe(Line old, Line target) {
        return Line.ZERO;
    }
}
