package org.nestor.bugs.stall;

import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Accepts an STE with S2S = 0 where every stage 2 fault has to stall. */
public final class StallLeftOff extends SteLegality {

    public StallLeftOff(IdRegisters id) {
        super(id);
    }

    @Override
    protected boolean stage2StallMissing(StreamTableEntry ste) {
        return false;
    }
}
