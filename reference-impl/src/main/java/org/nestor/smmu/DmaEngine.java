package org.nestor.smmu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Disposition;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.fault.Stall;
import org.nestor.smmu.fault.StalledTransactions;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/**
 * Carries out the transactions of clients: translates each part of a DMA, accesses memory, and terminates, records or holds what is
 * refused.
 */
public class DmaEngine {
    private static final RuleId UNSUPPORTED = RuleId.of("A-FLT-02");
    private static final RuleId NO_EFFECT = RuleId.of("A-TRM-06");
    private static final RuleId HELD = RuleId.of("A-STL-02");
    private static final RuleId STALLS_AGAIN = RuleId.of("A-STL-06");
    private static final RuleId EARLIER_PARTS_DONE = RuleId.of("A-TRM-07");
    private static final RuleId PAGE_BY_PAGE = RuleId.of("A-PRM-22");
    private static final RuleId ONE_RECORD = RuleId.of("A-STL-16");

    private final TranslationPath path;
    private final PhysicalMemory memory;
    private final FaultHandling faults;
    private final StalledTransactions<Dma> stalls;
    private final GlobalErrors errors;
    private final RuleLog rules;
    private final List<CompletedStall> completed = new ArrayList<>();

    public DmaEngine(
            TranslationPath path,
            PhysicalMemory memory,
            FaultHandling faults,
            StalledTransactions<Dma> stalls,
            GlobalErrors errors,
            RuleLog rules) {
        this.path = path;
        this.memory = memory;
        this.faults = faults;
        this.stalls = stalls;
        this.errors = errors;
        this.rules = rules;
    }

    /** Carries out a DMA as far as it gets. */
    DmaResult submit(Transaction transaction, Dma dma) {
        return advance(dma, () -> stalls.hold(transaction.streamId(), dma));
    }

    /** Asks for a translation on behalf of an endpoint; a fault that would stall becomes a failing answer. */
    @Rule("A-STL-17")
    DmaResult request(Transaction transaction) {
        TranslationOutcome outcome = path.translate(transaction);
        if (outcome instanceof AtsAnswer.Completed answer) {
            return new DmaResult.AtsCompleted(answer.translation(), answer.permissions());
        }
        if (!(outcome instanceof AtsAnswer.Failed failed)) {
            throw new IllegalStateException("a Translation Request was answered by " + outcome);
        }
        if (failed.recorded() && failed.refusal() instanceof Fault fault) {
            faults.record(transaction, fault, path.outputAccess(transaction), false);
        }
        return new DmaResult.AtsFailed(failed.unsupported());
    }

    /** Part by part; a later part may fail after the earlier ones have had their effect. */
    @Rule("A-TRM-07")
    @Rule("A-PRM-22")
    private DmaResult advance(Dma dma, Supplier<Stall<Dma>> place) {
        while (!dma.finished()) {
            boolean later = dma.part().address() != dma.firstAddress();
            rules.followed(PAGE_BY_PAGE, later);
            Optional<DmaResult> end = part(dma, place);
            if (end.isPresent()) {
                rules.followed(EARLIER_PARTS_DONE, later);
                return end.get();
            }
        }
        return dma.result();
    }

    /** Does one part; the result is present if it ends the DMA or keeps it from going on. */
    private Optional<DmaResult> part(Dma dma, Supplier<Stall<Dma>> place) {
        Transaction transaction = dma.part();
        if (errors.serviceFailure()) {
            return Optional.of(new DmaResult.Abort());
        }
        TranslationOutcome outcome =
                unsupported(transaction) ? refuseUnsupported(transaction) : path.translate(transaction);
        if (outcome instanceof Translated translated) {
            return access(dma, transaction, translated);
        }
        if (outcome instanceof Refused refused) {
            return refuse(dma, transaction, refused, place);
        }
        throw new IllegalStateException("an access was answered by " + outcome);
    }

    /** Which transactions are F_UUT is IMPLEMENTATION DEFINED: none. */
    @Rule("A-FLT-02")
    protected boolean unsupported(Transaction transaction) {
        return false;
    }

    private TranslationOutcome refuseUnsupported(Transaction transaction) {
        rules.decided(UNSUPPORTED);
        return new Refused(
                Fault.configuration(EventType.F_UUT, UNSUPPORTED),
                FaultGovernance.ALWAYS_RECORD,
                transaction.privileged(),
                transaction.instruction(),
                false);
    }

    /** An access that memory aborts ends the DMA, without an event. */
    private Optional<DmaResult> access(Dma dma, Transaction transaction, Translated translated) {
        long address = translated.physicalAddress(transaction.address());
        byte[] read = new byte[0];
        try {
            if (transaction.isWrite()) {
                memory.write(address, dma.partData());
            } else {
                read = memory.read(address, dma.partLength());
            }
        } catch (ExternalAbort abort) {
            return Optional.of(new DmaResult.Abort());
        }
        dma.complete(read, address, new OutputAttributes(translated.attributes(), path.outputAccess(transaction)));
        return Optional.empty();
    }

    /** Nothing that is refused reaches memory. */
    @Rule("A-TRM-06")
    @Rule("A-STL-02")
    private Optional<DmaResult> refuse(Dma dma, Transaction transaction, Refused refused, Supplier<Stall<Dma>> place) {
        Disposition disposition = faults.decide(transaction, refused);
        OutputAccess access = new OutputAccess(refused.privileged(), refused.instruction());
        if (disposition.end() == Disposition.End.STALL && refused.refusal() instanceof Fault fault) {
            rules.decided(HELD);
            return Optional.of(hold(transaction, fault, access, place.get()));
        }
        rules.decided(NO_EFFECT);
        if (disposition.recorded() && refused.refusal() instanceof Fault fault) {
            faults.record(transaction, fault, access, refused.mergeable());
        }
        if (disposition.end() == Disposition.End.RAZ_WI) {
            dma.skip();
            return Optional.empty();
        }
        return Optional.of(new DmaResult.Abort());
    }

    private DmaResult hold(Transaction transaction, Fault fault, OutputAccess access, Stall<Dma> stall) {
        if (stalls.enter(stall)) {
            rules.decided(ONE_RECORD);
            faults.recordStall(stall, transaction, fault, access);
        }
        return new DmaResult.Stalled(stall.stag());
    }

    /**
     * Goes on with held transactions as far as what has happened since allows: answered ones end or are tried again, waiting ones
     * take free places, records that could not be written are. Nothing else makes this SMMU retry early.
     */
    @Rule("A-STL-14")
    @Rule("A-STL-15")
    @Rule("A-STL-19")
    void progress() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Stall<Dma> stall : stalls.all()) {
                busy |= progress(stall);
            }
        }
    }

    private boolean progress(Stall<Dma> stall) {
        return switch (stall.state()) {
            case RECORDED -> false;
            case UNRECORDED -> faults.canRecord() && recordPending(stall);
            case OUTDATED -> faults.canRecord() && retry(stall);
            case WAITING -> stalls.hasRoomFor(stall) && retry(stall);
            case RETRY -> retry(stall);
            case RAZ_WI -> skip(stall);
            case ABORT -> end(stall, new DmaResult.Abort());
        };
    }

    private boolean recordPending(Stall<Dma> stall) {
        faults.recordPending(stall);
        return true;
    }

    /** As if the transaction had just arrived, with the configuration and translations of now. */
    @Rule("A-STL-05")
    @Rule("A-STL-06")
    @Rule("A-EVQ-18")
    protected boolean retry(Stall<Dma> stall) {
        DmaResult result = advance(stall.transaction(), () -> stall);
        rules.followed(STALLS_AGAIN, result instanceof DmaResult.Stalled);
        return result instanceof DmaResult.Stalled || end(stall, result);
    }

    private boolean skip(Stall<Dma> stall) {
        stall.transaction().skip();
        return retry(stall);
    }

    private boolean end(Stall<Dma> stall, DmaResult result) {
        stalls.release(stall);
        completed.add(new CompletedStall(stall.stag(), result));
        return true;
    }

    /** The held transactions that have ended since the last call, in the order in which they did. */
    List<CompletedStall> takeCompleted() {
        List<CompletedStall> taken = List.copyOf(completed);
        completed.clear();
        return taken;
    }
}
