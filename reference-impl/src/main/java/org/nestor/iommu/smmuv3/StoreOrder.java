package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** The order in which the doublewords of a translating STE are stored. */
public class StoreOrder {

    /** The one with V and Config comes last, so that hardware sees it with what belongs to it. */
    @Rule("R-STE-19")
    public boolean configurationLast() {
        return true;
    }
}
