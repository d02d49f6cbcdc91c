package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.StoreOrder;

/** Stores the doubleword with V and Config before the others. */
public final class ConfigurationFirst extends StoreOrder {
    @Override
    public void store(Runnable others, Runnable configuration) {
        configuration.run();
        others.run();
    }
}
