package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** The order in which the doublewords of a translating STE are stored. */
public class StoreOrder {

    /**
     * The one with V and Config comes last, so that hardware sees it with what belongs to it.
     *
     * @param others stores and synchronises the others
     * @param configuration stores and synchronises that one
     */
    @Rule("R-STE-19")
    public void store(Runnable others, Runnable configuration) {
        others.run();
        configuration.run();
    }
}
