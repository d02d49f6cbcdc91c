package org.nestor.judge;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.Bytes;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** The event queue: how far the SMMU is known to have written it, how far software has taken it, and what is still to come. */
final class Events {
    private static final long EVENTQEN = Enable.EVENTQEN.field().mask();
    private static final long OVFLG =
            RegisterLayouts.OUTPUT_QUEUE_PROD.field("OVFLG").mask();
    /** Up to this many outstanding records, memory is told of every place where each may be. */
    private static final int PLACED = 4;

    private static final RuleId OVERFLOW = RuleId.of("A-EVQ-03");
    private static final RuleId NOT_FULL = RuleId.of("A-EVQ-01");
    private static final RuleId WRITTEN = RuleId.of("A-EVQ-02");
    private static final RuleId ACKNOWLEDGED = RuleId.of("A-EVQ-05");
    private static final RuleId STALL_KEPT = RuleId.of("A-EVQ-06");
    private static final RuleId DESPITE_OVERFLOW = RuleId.of("A-EVQ-08");
    private static final RuleId OUTSIDE = RuleId.of("A-EVQ-12");
    private static final RuleId ABORTED = RuleId.of("A-EVQ-14");
    private static final RuleId RETRIED_MEANWHILE = RuleId.of("A-EVQ-18");
    private static final RuleId DISABLED = RuleId.of("A-CTL-10");
    private static final RuleId DISABLING = RuleId.of("A-CTL-09");
    private static final RuleId VISIBLE_AFTER_SYNC = RuleId.of("A-SYN-12");
    private static final RuleId REPEATED_OVERFLOW = RuleId.of("A-EVQ-04");
    private static final RuleId NOT_MOVED = RuleId.of("A-REG-15");

    private final Platform platform;
    private final MemoryHistory memory;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final ErrorRegister errors;
    private final Interrupts interrupts;
    private final QueueRing ring;
    private final Doubts doubts;
    private final RecordJudge records;
    private final RuleLog rules;
    private final WrittenRecords slots;
    private int taken;
    private int shown;
    private long shownAt;
    private long overflowFlag;
    private long acknowledgedFlag;
    private boolean mayOverflow;
    /** OVFLG may have toggled since it was seen. */
    private boolean flagUnknown;

    private long overflowedAt = -1;
    private boolean imprecise;
    /** Records that nobody has read were dropped: what they left in memory is not known. */
    private boolean unseen;

    private boolean enabled;

    Events(
            Platform platform,
            MemoryHistory memory,
            RegisterValues registers,
            AcknowledgedBits control,
            ErrorRegister errors,
            Interrupts interrupts,
            QueueRing ring,
            Doubts doubts,
            Consumer<EventRecord> stallSeen,
            RuleLog rules) {
        this.platform = platform;
        this.memory = memory;
        this.registers = registers;
        this.control = control;
        this.errors = errors;
        this.interrupts = interrupts;
        this.ring = ring;
        this.slots = new WrittenRecords(ring);
        this.doubts = doubts;
        this.rules = rules;
        this.records = new RecordJudge(doubts, stallSeen, rules);
    }

    /** A transaction may, or must, leave records. */
    @Rule("A-CTL-10")
    @Rule("A-EVQ-06")
    void expect(Obligation obligation, long at) {
        boolean certainlyOff = control.certainlyClear(EVENTQEN);
        if (doubts.about(Doubts.Area.EVENTS)) {
            interrupts.error(GlobalError.EVENTQ_ABT_ERR, false, at);
            interrupts.cause(InterruptSource.EVENTQ, false, at);
            scatter();
            unseen = true;
            return;
        }
        rules.followed(DISABLED, certainlyOff && !obligation.isStall());
        rules.followed(STALL_KEPT, certainlyOff && obligation.isStall());
        if (certainlyOff && !obligation.isStall()) {
            return;
        }
        int before = records.outstanding();
        records.add(obligation);
        if (control.maybeClear(EVENTQEN) || errors.maybeActive(GlobalError.EVENTQ_ABT_ERR)) {
            refuse(obligation);
        }
        if (certainlyOff) {
            return;
        }
        if (!platform.answers(ring.firstByte(), ring.bytes())) {
            abort(at);
            return;
        }
        if (memory.device(ring.firstByte()) || memory.device(ring.firstByte() + ring.bytes() - 1)) {
            lose("the event queue is in a device, and what becomes of it there is not known");
            return;
        }
        boolean full = fillingUp();
        boolean first = before == 0 && slots.isEmpty();
        boolean sure = first && !full && obligation.missing() && !obligation.mayBeLost();
        if (sure && interrupts.asksFor(InterruptSource.EVENTQ)) {
            // Of all that may have become of the transaction, some may leave no record.
            obligation.complete();
            sure = obligation.missing();
        }
        interrupts.cause(InterruptSource.EVENTQ, sure, at);
        place(obligation, before, at);
    }

    /** A queue that is not all memory: writing it aborts somewhere. */
    @Rule("A-EVQ-14")
    @Rule("A-GER-07")
    private void abort(long at) {
        rules.decided(ABORTED);
        interrupts.error(GlobalError.EVENTQ_ABT_ERR, false, at);
        interrupts.cause(InterruptSource.EVENTQ, false, at);
        doubts.raise(
                Doubts.Area.EVENTS, "the event queue is not wholly in memory, and writing to it aborts (A-EVQ-14)");
        records.discard();
    }

    /** Whether the queue may be full before all that is outstanding is written. */
    private boolean fillingUp() {
        boolean full = slots.size() + records.outstanding() > ring.entries();
        if (full) {
            for (Obligation one : records.open()) {
                mayOverflow |= one.mayBeDiscarded();
                one.mayOverflow();
                one.mayBeReplaced();
            }
            flagUnknown |= mayOverflow && overflowFlag == acknowledgedFlag;
        }
        return full;
    }

    /** The queue may not take the record: a stalled transaction may be retried meanwhile, and leave what the retry comes to. */
    @Rule("A-EVQ-18")
    private void refuse(Obligation one) {
        rules.followed(RETRIED_MEANWHILE, one.isStall());
        one.mayBeRefused();
        one.mayBeReplaced();
    }

    private void place(Obligation obligation, int before, long at) {
        boolean placed = before + obligation.remaining() <= PLACED;
        for (int i = 0; i <= before && i < PLACED; i++) {
            for (ExpectedRecord record : obligation.alternatives()) {
                placed &= record.ignored1() != -1;
                memory.mayWrite(ring.address(shown + i), record.record().toBytes(), at);
            }
        }
        if (!placed) {
            scatter();
        }
    }

    /** Memory cannot be told of every place where a record may be. */
    private void scatter() {
        imprecise = true;
        memory.unsettle(ring.firstByte(), ring.bytes());
    }

    /** Whether records may be where memory was not told of. */
    boolean imprecise() {
        return imprecise || registers.doubtful(Register.EVENTQ_BASE);
    }

    /** EVENTQ_PROD was read. */
    @Rule("A-REG-18")
    Verdict readProduced(long value, long at) {
        if (doubts.about(Doubts.Area.EVENTS)) {
            return doubts.verdict(Doubts.Area.EVENTS);
        }
        Verdict verdict = produced(ring.position(value), value & OVFLG, at);
        if (verdict != Verdict.CONFORMS) {
            return verdict;
        }
        return slots.allRead() ? records.complete(overflowedAt) : Verdict.CONFORMS;
    }

    private Verdict produced(int position, long overflow, long at) {
        int more = ring.distance(shown, position);
        if (slots.size() + more > ring.entries()) {
            return Finding.of("EVENTQ_PROD passes EVENTQ_CONS", NOT_FULL, OVERFLOW)
                    .observed("EVENTQ_PROD.WR = " + Hex.of(position))
                    .allowed("EVENTQ_PROD.WR from " + Hex.of(shown) + " to "
                            + Hex.of(ring.position(taken + ring.entries())))
                    .because("the queue has " + ring.entries() + " entries, EVENTQ_CONS.RD is " + Hex.of(taken)
                            + ", and EVENTQ_PROD.WR was " + Hex.of(shown))
                    .verdict();
        }
        rules.followed(WRITTEN, more > 0);
        rules.followed(DESPITE_OVERFLOW, more > 0 && overflowFlag != acknowledgedFlag);
        for (int i = 0; i < more; i++) {
            slots.add(ring.position(shown + i), shownAt, at);
        }
        if (slots.size() == ring.entries()) {
            rules.decided(NOT_FULL);
            records.open().forEach(Obligation::meetFullQueue);
        }
        shown = position;
        shownAt = at;
        registers.set(Register.EVENTQ_PROD, -1, Integer.toUnsignedLong(position) | overflow);
        return overflow(overflow, at);
    }

    @Rule("A-EVQ-03")
    @Rule("A-EVQ-04")
    private Verdict overflow(long flag, long at) {
        boolean toggled = flag != overflowFlag;
        boolean allowed = flagUnknown || mayOverflow && overflowFlag == acknowledgedFlag;
        overflowFlag = flag;
        flagUnknown = false;
        if (flag != acknowledgedFlag) {
            overflowedAt = at;
        }
        if (!toggled) {
            rules.followed(REPEATED_OVERFLOW, mayOverflow && flag != acknowledgedFlag);
            return Verdict.CONFORMS;
        }
        rules.decided(OVERFLOW);
        mayOverflow = records.open().stream().anyMatch(Obligation::mayBeDiscarded);
        return allowed
                ? Verdict.CONFORMS
                : Finding.of("event queue overflow flagged though no record was lost", OVERFLOW)
                        .observed("EVENTQ_PROD.OVFLG toggled")
                        .allowed("EVENTQ_PROD.OVFLG as it was")
                        .because("of " + ring.entries() + " entries at most " + (slots.size() + records.outstanding())
                                + " were used")
                        .verdict();
    }

    /** An {@code events} reply: EVENTQ_PROD and the records up to it were read, and EVENTQ_CONS was set to it. */
    @Rule("A-EVQ-02")
    @Rule("A-EVQ-05")
    Verdict take(List<Bytes> reply, boolean overflow, long at) {
        if (doubts.about(Doubts.Area.EVENTS)) {
            // The reader set it to an EVENTQ_PROD that is not known here.
            registers.forget(Register.EVENTQ_CONS, -1);
            return doubts.verdict(Doubts.Area.EVENTS);
        }
        if (reply.size() < slots.size()) {
            return Finding.of("fewer event records than EVENTQ_PROD showed", WRITTEN)
                    .observed(reply.size() + " records")
                    .allowed("at least " + slots.size() + " records")
                    .verdict();
        }
        long flag = overflow ? acknowledgedFlag ^ OVFLG : acknowledgedFlag;
        Verdict verdict = reply.size() > ring.entries()
                ? produced(taken + ring.entries() + 1, flag, at)
                : produced(ring.position(taken + reply.size()), flag, at);
        if (reply.size() <= ring.entries()) {
            for (int i = 0; i < reply.size(); i++) {
                Verdict content = content(i, reply.get(i).toArray(), at);
                verdict = verdict == Verdict.CONFORMS ? content : verdict;
            }
        }
        Verdict missing = records.complete(overflowedAt);
        empty();
        return verdict == Verdict.CONFORMS ? missing : verdict;
    }

    private void empty() {
        slots.clear();
        taken = shown;
        rules.followed(ACKNOWLEDGED, acknowledgedFlag != overflowFlag);
        acknowledgedFlag = overflowFlag;
        registers.set(Register.EVENTQ_CONS, -1, Integer.toUnsignedLong(taken) | acknowledgedFlag);
        records.taken();
        if (records.isPending()) {
            interrupts.cause(InterruptSource.EVENTQ, false, shownAt);
        } else if (!unseen) {
            imprecise = false;
            memory.settle();
        }
    }

    /** The bytes of an entry that is known to be written were read. */
    private Verdict content(int index, byte[] bytes, long at) {
        WrittenRecords.Entry slot = slots.get(index);
        long address = ring.address(slot.position());
        EventRecord record = EventRecord.fromBytes(bytes);
        // Memory was not told of every place where a record may be that nobody has seen.
        boolean open = slot.bySoftware() && imprecise;
        try {
            if (slot.known() && !open && !memory.mayHold(address, bytes)) {
                return Finding.of("an event record changed in the queue", WRITTEN)
                        .observed(Records.describe(record))
                        .allowed(slot.record().map(Records::describe).orElse("what software wrote there"))
                        .verdict();
            }
            memory.seen(address, bytes, at);
        } catch (ExternalAbort outside) {
            return Verdict.CONFORMS;
        }
        if (slot.known()) {
            return Verdict.CONFORMS;
        }
        slots.read(index, record);
        return records.found(new SeenRecord(record, slot.notBefore(), slot.notAfter()));
    }

    /** Memory was read. Judges the whole entries among it that are known to be written. */
    Verdict memoryRead(long address, byte[] data, long at) {
        if (!ring.overlaps(address, data.length) || doubts.about(Doubts.Area.EVENTS)) {
            return Verdict.CONFORMS;
        }
        for (int i = 0; i < slots.size(); i++) {
            long offset = ring.address(slots.get(i).position()) - address;
            if (offset >= 0 && offset + EventRecord.BYTES <= data.length) {
                byte[] bytes = new byte[EventRecord.BYTES];
                System.arraycopy(data, (int) offset, bytes, 0, bytes.length);
                Verdict verdict = content(i, bytes, at);
                if (verdict != Verdict.CONFORMS) {
                    return verdict;
                }
            }
        }
        return Verdict.CONFORMS;
    }

    /** Somebody else than the SMMU has, or may have, written memory: what a record there says that nobody has read is not known. */
    void memoryWritten(long address, int length) {
        if (!enabled || !ring.overlaps(address, length) || doubts.about(Doubts.Area.EVENTS)) {
            return;
        }
        if (slots.unknownIn(address, length, shown, records.outstanding())) {
            lose("an entry of the event queue may have been overwritten before it was read");
        }
    }

    /** Whether this byte is in an entry whose content is not settled: one that is written and was not read, or may be. */
    boolean unsettled(long address) {
        int index = ring.indexAt(address);
        if (index < 0 || !enabled) {
            return false;
        }
        if (doubts.about(Doubts.Area.EVENTS)) {
            return true;
        }
        Optional<WrittenRecords.Entry> written = slots.at(index);
        if (written.isPresent()) {
            return !written.get().known();
        }
        int ahead = index - ring.indexAt(ring.address(shown)) & ring.entries() - 1;
        return ahead < records.outstanding();
    }

    /** EVENTQ_CONS was written. */
    @Rule("A-EVQ-05")
    @Rule("A-EVQ-08")
    @Rule("A-EVQ-12")
    void consumed(long at) {
        if (doubts.about(Doubts.Area.EVENTS) && control.certainlyClear(EVENTQEN)) {
            moved(at);
            return;
        }
        long value = registers.get(Register.EVENTQ_CONS);
        int position = ring.position(value);
        int count = ring.distance(taken, position);
        if (count > slots.size()) {
            rules.decided(OUTSIDE);
            lose("EVENTQ_CONS was set to " + Hex.of(position) + ", beyond what EVENTQ_PROD showed (A-EVQ-12)");
            return;
        }
        if (!slots.take(count)) {
            records.unseen();
            unseen |= imprecise;
        }
        taken = position;
        boolean acknowledges = (value & OVFLG) != acknowledgedFlag;
        if (overflowFlag != acknowledgedFlag || flagUnknown && acknowledges) {
            overflowedAt = at;
        }
        rules.followed(ACKNOWLEDGED, acknowledges);
        acknowledgedFlag = value & OVFLG;
        flagUnknown |= mayOverflow && overflowFlag == acknowledgedFlag;
        if (records.isPending()) {
            interrupts.cause(InterruptSource.EVENTQ, false, at);
        }
    }

    private void lose(String reason) {
        doubts.raise(Doubts.Area.EVENTS, reason);
        slots.clear();
        records.discard();
    }

    /** Software wrote EVENTQ_BASE. EVENTQ_PROD stays what it was, which is not known while records are outstanding. */
    void rebased(long at) {
        if (control.certainlyClear(EVENTQEN) && records.isPending()) {
            registers.forget(Register.EVENTQ_PROD, -1);
        }
        moved(at);
    }

    /** Software wrote EVENTQ_BASE or EVENTQ_PROD, which while the queue is enabled has no effect, or an unknown one. */
    @Rule("A-REG-15")
    void moved(long at) {
        if (registers.doubtful(Register.EVENTQ_BASE) || registers.doubtful(Register.EVENTQ_PROD)) {
            lose(
                    "EVENTQ_BASE or EVENTQ_PROD was written while EVENTQEN may have been 1, or records outstanding (A-REG-13)");
            return;
        }
        if (!control.certainlyClear(EVENTQEN)) {
            return;
        }
        if (registers.doubtful(Register.EVENTQ_CONS)) {
            lose("EVENTQ_CONS was set to an EVENTQ_PROD that is not known (A-REG-13)");
            return;
        }
        rules.decided(NOT_MOVED);
        doubts.settle(Doubts.Area.EVENTS);
        unseen |= imprecise && records.isPending();
        records.discard();
        slots.clear();
        overflowFlag = registers.get(Register.EVENTQ_PROD) & OVFLG;
        acknowledgedFlag = registers.get(Register.EVENTQ_CONS) & OVFLG;
        shown = ring.position(registers.get(Register.EVENTQ_PROD));
        taken = ring.position(registers.get(Register.EVENTQ_CONS));
        shownAt = at;
        mayOverflow = false;
        flagUnknown = false;
        int count = ring.distance(taken, shown);
        if (count > ring.entries()) {
            lose("EVENTQ_PROD was set to " + Hex.of(shown)
                    + ", more than the queue holds beyond EVENTQ_CONS (A-EVQ-12)");
            return;
        }
        for (int i = 0; i < count; i++) {
            slots.addBySoftware(ring.position(taken + i), at);
        }
    }

    /** CR0 was written, or its acknowledge was seen. */
    @Rule("A-CTL-09")
    void enableChanged() {
        if (!enabled && control.maybeSet(EVENTQEN)) {
            enabled = true;
            registers.set(Register.EVENTQ_PROD, -1, registers.get(Register.EVENTQ_PROD));
            registers.set(Register.EVENTQ_CONS, -1, registers.get(Register.EVENTQ_CONS));
        }
        if (control.maybeClear(EVENTQEN)) {
            rules.followed(DISABLING, !records.open().isEmpty());
            records.open().forEach(this::refuse);
        }
    }

    /** A CMD_SYNC that was published at one exchange is complete at another. */
    @Rule("A-SYN-12")
    @Rule("A-EVQ-18")
    void synchronised(long published, long at) {
        for (Obligation one : records.open()) {
            if (!writable(one)) {
                refuse(one);
            } else if (one.created() < published) {
                rules.decided(VISIBLE_AFTER_SYNC);
                one.becomeDue(at);
            }
        }
    }

    /** What transactions before may have left depends on registers that are about to change. */
    void completeAlternatives() {
        for (Obligation one : records.open()) {
            one.complete();
        }
    }

    /** A transaction that stalled has ended. */
    @Rule("A-STL-12")
    @Rule("A-EVQ-18")
    void stallEnded(long created) {
        for (Obligation one : records.open()) {
            if (one.isStall() && one.created() == created) {
                one.end();
            }
        }
    }

    /** A stall record waits as long as the queue cannot take it, or the stall for others. */
    private boolean writable(Obligation one) {
        return !one.isStall()
                || !one.isWaiting()
                        && control.certainlySet(EVENTQEN)
                        && !errors.maybeActive(GlobalError.EVENTQ_ABT_ERR)
                        && slots.size() + records.outstanding() <= ring.entries();
    }

    void becomeIdle(long at) {
        for (Obligation one : records.open()) {
            if (writable(one)) {
                one.becomeDue(at);
            }
        }
    }
}
