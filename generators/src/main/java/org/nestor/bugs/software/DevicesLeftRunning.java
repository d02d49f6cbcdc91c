package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.Takeover;

/** Disables an SMMU that it finds enabled as it is, whatever its devices are doing. */
public final class DevicesLeftRunning extends Takeover {
    @Override
    public void quiet(Runnable abort) {}
}
