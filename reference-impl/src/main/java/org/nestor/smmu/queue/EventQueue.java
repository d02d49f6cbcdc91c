package org.nestor.smmu.queue;

import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;

/**
 * The SMMU's side of the event queue. Records are written at once and in the order of their faults; what becomes of a record has no
 * influence on the transaction it tells of.
 */
public class EventQueue {
    private static final RuleId DISABLED = RuleId.of("A-CTL-10");
    private static final RuleId STALL_KEPT = RuleId.of("A-EVQ-06");
    private static final RuleId ABORTED = RuleId.of("A-GER-07");
    private static final RuleId WRITTEN = RuleId.of("A-EVQ-02");
    private static final RuleId MERGED = RuleId.of("A-MEV-02");
    private static final RuleId NOT_WRITABLE = RuleId.of("A-EVQ-01");
    private static final RuleId NO_OVERFLOW_OF_STALLS = RuleId.of("A-EVQ-07");
    private static final RuleId DESPITE_OVERFLOW = RuleId.of("A-EVQ-08");
    private static final RuleId FATE_UNCHANGED = RuleId.of("A-EVQ-11");
    private static final RuleId FLAG_ALONE = RuleId.of("A-EVQ-13");
    private static final RuleId ABORTED_SLOT = RuleId.of("A-EVQ-14");
    private static final RuleId MERGED_AS_EQUAL = RuleId.of("A-MEV-05");
    private static final RuleId FEWER_RECORDS = RuleId.of("A-MEV-06");

    private final RegisterBank bank;
    private final QueueRegisters registers;
    private final Overflow overflow;
    private final PhysicalMemory memory;
    private final GlobalErrors errors;
    private final InterruptController interrupts;
    private final EventMerging merging;
    private final RuleLog rules;
    private EventRecord last = new EventRecord(0, 0, 0, 0);
    private long endOfLast = -1;

    public EventQueue(QueueContext context, IdRegisters ids, EventMerging merging) {
        this(context, ids, merging, Overflow.ofEvents(context));
    }

    public EventQueue(QueueContext context, IdRegisters ids, EventMerging merging, Overflow overflow) {
        this.bank = context.bank();
        this.registers = QueueRegisters.events(context, ids);
        this.overflow = overflow;
        this.memory = context.memory();
        this.errors = context.errors();
        this.interrupts = context.interrupts();
        this.merging = merging;
        this.rules = context.rules();
    }

    /** Space is enough: an unacknowledged overflow does not keep records out. */
    @Rule("A-EVQ-01")
    @Rule("A-EVQ-08")
    public boolean writable() {
        return accepting() && !registers.full();
    }

    private boolean accepting() {
        return bank.enabled(Enable.EVENTQEN) && !errors.active(GlobalError.EVENTQ_ABT_ERR) && !errors.serviceFailure();
    }

    /**
     * Records an event, if the queue can take it.
     *
     * @param mev STE.MEV of the stream
     * @return whether the queue holds the record, or an equal one that it was merged into. A stall record that is refused is the
     *     caller's to keep; any other is lost
     */
    @Rule("A-EVQ-09")
    @Rule("A-EVQ-11")
    @Rule("A-MEV-05")
    @Rule("A-MEV-06")
    public boolean write(EventRecord event, boolean mev) {
        if (follows() && merging.merges(last, event, mev)) {
            rules.decided(MERGED);
            rules.decided(MERGED_AS_EQUAL);
            rules.decided(FEWER_RECORDS);
            return true;
        }
        if (writable()) {
            return append(event);
        }
        refuse(event);
        return false;
    }

    /** The record written last is still the newest in the queue. */
    private boolean follows() {
        return bank.enabled(Enable.EVENTQEN) && !registers.empty() && bank.get(Register.EVENTQ_PROD) == endOfLast;
    }

    /** A full queue overflows; a disabled or aborted one loses the record without a trace. Stall records stay with the caller. */
    @Rule("A-EVQ-03")
    @Rule("A-EVQ-06")
    @Rule("A-EVQ-01")
    @Rule("A-EVQ-07")
    @Rule("A-EVQ-11")
    @Rule("A-EVQ-13")
    @Rule("A-CTL-09")
    @Rule("A-CTL-10")
    protected void refuse(EventRecord event) {
        rules.decided(NOT_WRITABLE);
        rules.followed(FATE_UNCHANGED, !isStall(event));
        if (isStall(event)) {
            rules.decided(STALL_KEPT);
            rules.followed(NO_OVERFLOW_OF_STALLS, accepting());
        } else if (accepting()) {
            rules.decided(FLAG_ALONE);
            overflow.report();
        } else {
            rules.decided(DISABLED);
        }
    }

    private static boolean isStall(EventRecord event) {
        return event.stall()
                && event.type().map(type -> type.isTranslationRelated()).orElse(false);
    }

    /**
     * Writes the record, then PROD, then raises the interrupt. An abort is synchronous in this SMMU: PROD does not pass the slot.
     * A stall record that meets it is not lost, but kept for when the error is acknowledged.
     */
    @Rule("A-EVQ-02")
    @Rule("A-EVQ-08")
    @Rule("A-EVQ-14")
    @Rule("A-GER-07")
    @Rule("A-IRQ-02")
    @Rule("A-IRQ-03")
    protected boolean append(EventRecord event) {
        boolean first = registers.empty();
        long address = registers.writeAddress();
        try {
            for (int word = 0; word < event.layout().doublewords(); word++) {
                memory.write64(address + word * 8L, event.doubleword(word));
            }
        } catch (ExternalAbort abort) {
            rules.decided(ABORTED);
            rules.decided(ABORTED_SLOT);
            interrupts.error(GlobalError.EVENTQ_ABT_ERR);
            return false;
        }
        rules.decided(WRITTEN);
        rules.followed(DESPITE_OVERFLOW, overflow.unacknowledged());
        registers.advanceWrite();
        last = event;
        endOfLast = bank.get(Register.EVENTQ_PROD);
        if (first) {
            interrupts.eventQueue();
        }
        return true;
    }
}
