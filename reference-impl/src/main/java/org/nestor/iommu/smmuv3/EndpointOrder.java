package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** When the ATCs of endpoints are invalidated. */
public class EndpointOrder {

    /**
     * After the SMMU's own caches, from which an endpoint could fill its ATC again.
     *
     * @param smmu invalidates the SMMU
     * @param endpoints invalidates the endpoints, if that is asked for
     */
    @Rule("R-INV-19")
    public void invalidate(Runnable smmu, Runnable endpoints) {
        smmu.run();
        endpoints.run();
    }
}
