package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** Whether an unmap at stage 2 also removes the entries that combine it with a guest's stage 1. */
public class UnmapCombined {
    @Rule("R-MAP-08")
    public boolean removed() {
        return true;
    }
}
