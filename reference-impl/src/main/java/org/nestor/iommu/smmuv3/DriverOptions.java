package org.nestor.iommu.smmuv3;

import org.nestor.smmu.format.Granule;

/**
 * How the host is configured.
 *
 * @param disableBypass whether a device without a domain is aborted, not bypassed
 * @param e2h whether the host runs at EL2 with E2H, so that its own stage 1 is of the EL2 StreamWorld
 * @param hostGranule the host's page size
 * @param skipPrefetch whether the SMMU must not be sent CMD_PREFETCH_CONFIG
 */
public record DriverOptions(boolean disableBypass, boolean e2h, Granule hostGranule, boolean skipPrefetch) {
    public static final DriverOptions DEFAULT = new DriverOptions(true, false, Granule.KB4, false);
}
