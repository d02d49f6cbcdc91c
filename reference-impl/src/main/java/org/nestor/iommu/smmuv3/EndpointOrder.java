package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** When the ATCs of endpoints are invalidated. */
public class EndpointOrder {

    /** After the SMMU's own caches, from which an endpoint could fill its ATC again. */
    @Rule("R-INV-19")
    public boolean comesLast() {
        return true;
    }
}
