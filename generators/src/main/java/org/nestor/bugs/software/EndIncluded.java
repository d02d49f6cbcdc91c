package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.GranuleRules;

/** Takes the address behind a range for its last one, so that its size is one too many. */
public final class EndIncluded extends GranuleRules.Alignment {
    @Override
    public long last(long address, long size, long granule) {
        return super.last(address, size, granule) + 1;
    }
}
