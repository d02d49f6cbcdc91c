package org.nestor.smmu;

import java.util.OptionalInt;
import org.nestor.rule.Rule;
import org.nestor.smmu.fault.Disposition;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.FaultDisposition;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.fault.Stall;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome.Refused;

/** Decides what becomes of a refused transaction, and puts its event record into the queue. */
public class FaultHandling {
    private static final Field RECINVSID = RegisterLayouts.CR2.field("RECINVSID");

    private final RegisterBank bank;
    private final FaultDisposition disposition;
    private final EventComposer composer;
    private final EventQueue events;

    public FaultHandling(RegisterBank bank, FaultDisposition disposition, EventComposer composer, EventQueue events) {
        this.bank = bank;
        this.disposition = disposition;
        this.composer = composer;
        this.events = events;
    }

    Disposition decide(Transaction transaction, Refused refused) {
        return disposition.decide(
                transaction, refused.refusal(), refused.governance(), bank.isSet(Register.CR2, RECINVSID));
    }

    /** Records a fault that ends the transaction. Whether the queue takes the record does not matter to the transaction. */
    @Rule("A-EVQ-10")
    @Rule("A-EVQ-11")
    protected void record(Transaction transaction, Fault fault, OutputAccess access, boolean mev) {
        events.write(composer.compose(transaction, fault, access, OptionalInt.empty()), mev);
    }

    /** Records a stall, now or when the queue is writable. */
    @Rule("A-EVQ-06")
    @Rule("A-STL-06")
    @Rule("A-STL-16")
    protected void recordStall(Stall<Dma> stall, Transaction transaction, Fault fault, OutputAccess access) {
        record(stall, composer.compose(transaction, fault, access, OptionalInt.of(stall.stag())));
    }

    /** Tries again to write the record of a stall. */
    @Rule("A-EVQ-06")
    protected void recordPending(Stall<Dma> stall) {
        stall.pending().ifPresent(event -> record(stall, event));
    }

    private void record(Stall<Dma> stall, EventRecord event) {
        if (events.write(event, false)) {
            stall.recorded();
        } else {
            stall.unrecorded(event);
        }
    }

    boolean canRecord() {
        return events.writable();
    }
}
