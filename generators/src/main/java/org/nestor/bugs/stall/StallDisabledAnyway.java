package org.nestor.bugs.stall;

import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Accepts an STE with S1STALLD = 1 whatever IDR0.STALL_MODEL is. */
public final class StallDisabledAnyway extends SteLegality {

    public StallDisabledAnyway(IdRegisters id) {
        super(id);
    }

    @Override
    protected boolean stallDisableNotImplemented(StreamTableEntry ste) {
        return false;
    }
}
