package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.EndpointOrder;

/** Invalidates ATCs before the SMMU, from which endpoints fill them again. */
public final class EndpointsFirst extends EndpointOrder {
    @Override
    public void invalidate(Runnable smmu, Runnable endpoints) {
        endpoints.run();
        smmu.run();
    }
}
