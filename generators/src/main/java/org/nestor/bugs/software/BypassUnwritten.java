package org.nestor.bugs.software;

import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.smmuv3.GuestChange;

/** Takes a guest that bypasses for one that is not nested, and leaves the STEs of its devices. */
public final class BypassUnwritten extends GuestChange {
    @Override
    public boolean isWritten(GuestStage1 before, GuestStage1 after) {
        return !(after instanceof GuestStage1.None);
    }
}
