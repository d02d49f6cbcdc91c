package org.nestor.bugs.event;

import java.util.OptionalInt;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;

/** Computes the fields of a record, and writes none of them. */
public final class BlankRecords extends EventComposer {

    public BlankRecords(RuleLog rules) {
        super(rules);
    }

    @Override
    public EventRecord compose(Transaction transaction, Refusal.Fault fault, OutputAccess access, OptionalInt stag) {
        super.compose(transaction, fault, access, stag);
        return new EventRecord(0, 0, 0, 0);
    }
}
