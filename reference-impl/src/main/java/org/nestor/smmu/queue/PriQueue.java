package org.nestor.smmu.queue;

import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.PriQueueEntry;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.PageRequest;
import org.nestor.smmu.transaction.PageResponse;
import org.nestor.smmu.transaction.PageResponse.Code;

/** The SMMU's side of the PRI queue. The SMMU keeps no record of page request groups. */
public class PriQueue {
    private static final RuleId REFUSED = RuleId.of("A-PRI-03");
    private static final RuleId LOST = RuleId.of("A-PRI-02");
    private static final RuleId UNACKNOWLEDGED = RuleId.of("A-PRI-07");
    private static final RuleId QUEUED = RuleId.of("A-PRI-01");
    private static final RuleId INEFFECTIVE = RuleId.of("A-CTL-12");
    private static final Field LAST_ONLY = RegisterLayouts.PRIQ_IRQ_CFG2.field("LO");

    private final RegisterBank bank;
    private final IdRegisters ids;
    private final QueueRegisters registers;
    private final Overflow overflow;
    private final PhysicalMemory memory;
    private final GlobalErrors errors;
    private final InterruptController interrupts;
    private final RuleLog rules;

    public PriQueue(QueueContext context, IdRegisters ids) {
        this.bank = context.bank();
        this.ids = ids;
        this.registers = QueueRegisters.pageRequests(context, ids);
        this.overflow = new Overflow(bank, Register.PRIQ_PROD, Register.PRIQ_CONS, context.rules());
        this.memory = context.memory();
        this.errors = context.errors();
        this.interrupts = context.interrupts();
        this.rules = context.rules();
    }

    /**
     * Takes a request.
     *
     * @param ppar STE.PPAR of the stream, empty if no STE can be read; asked for only when it matters
     */
    @Rule("A-PRI-01")
    @Rule("A-PRI-02")
    @Rule("A-PRI-03")
    public PageRequestResult append(PageRequest request, Supplier<Optional<Boolean>> ppar) {
        if (!enabled()) {
            rules.decided(REFUSED);
            return failure(request);
        }
        if (registers.full() || blockedByOverflow()) {
            rules.decided(LOST);
            return lose(request, ppar);
        }
        return write(request);
    }

    /** PRIQEN counts only while SMMUEN = 1, and an aborted queue takes nothing. */
    @Rule("A-CTL-12")
    @Rule("A-PRI-03")
    protected boolean enabled() {
        if (bank.enabled(Enable.PRIQEN) && !bank.enabled(Enable.SMMUEN)) {
            rules.decided(INEFFECTIVE);
        }
        return bank.enabled(Enable.PRIQEN)
                && bank.enabled(Enable.SMMUEN)
                && !errors.active(GlobalError.PRIQ_ABT_ERR)
                && !errors.serviceFailure();
    }

    /** Unlike the event queue, the PRI queue takes no entry until the overflow is acknowledged. */
    @Rule("A-PRI-07")
    protected boolean blockedByOverflow() {
        if (overflow.unacknowledged()) {
            rules.decided(UNACKNOWLEDGED);
        }
        return overflow.unacknowledged();
    }

    private PageRequestResult lose(PageRequest request, Supplier<Optional<Boolean>> ppar) {
        overflow.report();
        if (request.last() && lastOnly()) {
            interrupts.pageRequestQueue();
        }
        if (!request.last() || request.isStopMarker()) {
            return new PageRequestResult.Dropped();
        }
        return request.ssv() ? answerWithPasid(request, ppar) : answer(request, false, Code.SUCCESS);
    }

    /** Whether the automatic response carries the PASID is up to STE.PPAR, unless IDR3.PPS says that it always does. */
    @Rule("A-PRI-02")
    @Rule("A-PRI-04")
    protected PageRequestResult answerWithPasid(PageRequest request, Supplier<Optional<Boolean>> ppar) {
        if (ids.pps()) {
            return answer(request, true, Code.SUCCESS);
        }
        return ppar.get()
                .map(withPasid -> answer(request, withPasid, Code.SUCCESS))
                .orElseGet(() -> answer(request, false, Code.RESPONSE_FAILURE));
    }

    /** A Stop Marker needs no response, even where every request gets one. */
    private PageRequestResult failure(PageRequest request) {
        return request.isStopMarker() ? new PageRequestResult.Dropped() : answer(request, false, Code.RESPONSE_FAILURE);
    }

    private static PageRequestResult answer(PageRequest request, boolean withPasid, Code code) {
        return new PageRequestResult.Answered(new PageResponse(
                request.streamId(), withPasid, withPasid ? request.substreamId() : 0, request.prgIndex(), code));
    }

    /** Writes the entry, then PROD, then raises the interrupt; an aborted write loses the entry. */
    @Rule("A-PRI-01")
    @Rule("A-IRQ-03")
    @Rule("A-GER-07")
    protected PageRequestResult write(PageRequest request) {
        boolean first = registers.empty();
        PriQueueEntry entry = entry(request);
        long address = registers.writeAddress();
        try {
            memory.write64(address, entry.dw0());
            memory.write64(address + 8, entry.dw1());
        } catch (ExternalAbort abort) {
            interrupts.error(GlobalError.PRIQ_ABT_ERR);
            return failure(request);
        }
        rules.decided(QUEUED);
        registers.advanceWrite();
        if (interrupting(request, first)) {
            interrupts.pageRequestQueue();
        }
        return new PageRequestResult.Queued();
    }

    /** On empty to non-empty or, with PRIQ_IRQ_CFG2.LO, for each last request, one that is lost by overflow included. */
    @Rule("A-IRQ-04")
    protected boolean interrupting(PageRequest request, boolean first) {
        return lastOnly() ? request.last() : first;
    }

    private boolean lastOnly() {
        return bank.isSet(Register.PRIQ_IRQ_CFG2, LAST_ONLY);
    }

    /** The entry of a request. */
    public static PriQueueEntry entry(PageRequest request) {
        return new PriQueueEntry(0, request.address() & -4096)
                .with("StreamID", Integer.toUnsignedLong(request.streamId()))
                .with("SubstreamID", request.substreamId())
                .with("Priv", request.privileged() ? 1 : 0)
                .with("X", request.execute() ? 1 : 0)
                .with("R", request.read() ? 1 : 0)
                .with("W", request.write() ? 1 : 0)
                .with("Last", request.last() ? 1 : 0)
                .with("SSV", request.ssv() ? 1 : 0)
                .with("PRGIndex", request.prgIndex());
    }
}
