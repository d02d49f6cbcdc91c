package org.nestor.bugs.software;

import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.virtualizer.ForwardingRules;

/** Asks for every address of an ASID, which is more than a request for a range can say. */
public final class AsidAsRange extends ForwardingRules.AsidInvalidation {
    private static final long PAGE = 1 << 12;
    private static final long PAGES = 1L << 52;

    @Override
    public CacheInvalidateInfo request(int asid) {
        return CacheInvalidateInfo.range(asid, 0, PAGE, PAGES, false);
    }
}
