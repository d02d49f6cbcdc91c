package org.nestor.iommu.smmuv3;

import org.nestor.iommu.GuestStage1;
import org.nestor.rule.Rule;

/** Which changes of a guest's stage 1 rewrite the STEs of its devices. */
public class GuestChange {

    /** Every one: a guest without stage 1 is still nested, and has stage 2 alone. */
    @Rule("R-PTA-17")
    @Rule("R-PTA-18")
    @Rule("R-PTA-19")
    public boolean isWritten(GuestStage1 before, GuestStage1 after) {
        return true;
    }
}
