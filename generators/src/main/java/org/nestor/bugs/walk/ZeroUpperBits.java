package org.nestor.bugs.walk;

import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.walk.InputRange;

/** Wants the bits above the input range to be zero in the upper half too. */
public final class ZeroUpperBits extends InputRange {

    @Override
    public boolean covers(Stage1Half half, long canonical) {
        return canonical >>> half.geometry().inputBits() == 0;
    }
}
