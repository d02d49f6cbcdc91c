package org.nestor.bugs.event;

import java.util.OptionalInt;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;

/** Writes the fetch address of one kind of record where others have the input address. */
public final class FetchAddressMisplaced extends EventComposer {
    private final EventType type;

    public FetchAddressMisplaced(EventType type, RuleLog rules) {
        super(rules);
        this.type = type;
    }

    @Override
    public EventRecord compose(Transaction transaction, Refusal.Fault fault, OutputAccess access, OptionalInt stag) {
        EventRecord record = super.compose(transaction, fault, access, stag);
        return fault.type() == type ? new EventRecord(record.dw0(), record.dw1(), record.dw3(), 0) : record;
    }
}
