package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** When a domain gives its VMID back. */
public class VmidRelease {

    /**
     * Whether freeing a bound domain releases its VMID.
     *
     * @param steWritten whether an STE of the domain was ever written
     */
    @Rule("R-ALLOC-17")
    public boolean releases(boolean steWritten) {
        return true;
    }
}
