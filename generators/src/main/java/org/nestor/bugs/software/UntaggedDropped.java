package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.UntaggedAddress;

/** Takes an invalidation of an address without an ASID for done. */
public final class UntaggedDropped extends UntaggedAddress {
    @Override
    public boolean meansEverything() {
        return false;
    }
}
