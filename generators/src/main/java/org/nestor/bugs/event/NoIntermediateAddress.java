package org.nestor.bugs.event;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventRecord;

/** Leaves the IPA of a stage 2 fault zero. */
public final class NoIntermediateAddress extends EventComposer {

    public NoIntermediateAddress(RuleLog rules) {
        super(rules);
    }

    @Override
    protected EventRecord intermediate(EventRecord record, Refusal.Fault fault) {
        return record;
    }
}
