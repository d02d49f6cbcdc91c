package org.nestor.bugs.tlb;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.Stage1Entry;

/** Does not carry CMD_TLBI_NH_ASID to the cache of leaves. */
public final class AsidKept extends InvalidationRules {

    public AsidKept(CoveredRange range) {
        super(range);
    }

    @Override
    public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
        return !(command instanceof InvalidationCommand.TlbiNhAsid) && super.removes(command, entry, vmidIgnoredBits);
    }
}
