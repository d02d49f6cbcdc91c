package org.nestor.bugs.event;

import java.util.OptionalInt;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;

/** Leaves in the bits that a record does not define what the record before had there. */
public final class RemainsOfRecords extends EventComposer {
    private EventRecord before = new EventRecord(0, 0, 0, 0);

    public RemainsOfRecords(RuleLog rules) {
        super(rules);
    }

    @Override
    public EventRecord compose(Transaction transaction, Refusal.Fault fault, OutputAccess access, OptionalInt stag) {
        EventRecord record = super.compose(transaction, fault, access, stag);
        EventRecord dirty = new EventRecord(word(record, 0), word(record, 1), word(record, 2), word(record, 3));
        before = record;
        return dirty;
    }

    private long word(EventRecord record, int index) {
        return record.doubleword(index)
                | before.doubleword(index) & record.layout().reserved(index);
    }
}
