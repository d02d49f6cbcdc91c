package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** What a stream sees between two translating configurations. */
public class TransientSte {

    /** Doubleword 0 in between: an abort, which records nothing. */
    @Rule("R-STE-20")
    public long dw0() {
        return SteImage.configured(SteImage.ABORT);
    }
}
