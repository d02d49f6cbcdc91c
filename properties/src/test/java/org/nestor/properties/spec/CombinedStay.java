package org.nestor.properties.spec;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.Stage1Entry;

/** An SMMU whose NH_ALL and S12_VMALL forget combined entries. */
final class CombinedStay extends InvalidationRules {
    CombinedStay() {
        super(new CoveredRange());
    }

    @Override
    public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
        boolean all =
                command instanceof InvalidationCommand.TlbiNhAll || command instanceof InvalidationCommand.TlbiS12Vmall;
        return super.removes(command, entry, vmidIgnoredBits) && !(all && entry.isCombined());
    }
}
