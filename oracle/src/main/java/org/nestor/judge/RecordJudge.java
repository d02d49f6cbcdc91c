package org.nestor.judge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** Matches event records with the faults that they may tell of. The order of records is free. */
final class RecordJudge {
    private static final int FIRST_IMPLEMENTATION_DEFINED = 0xE0;
    private static final int LAST_IMPLEMENTATION_DEFINED = 0xEF;
    private static final int BUDGET = 256;
    private static final int SHOWN = 6;
    private static final RuleId CONTENT = RuleId.of("A-FLT-22");
    private static final RuleId ONE_RECORD = RuleId.of("A-EVQ-10");
    private static final RuleId UNCONDITIONAL = RuleId.of("A-EVQ-15");
    private static final RuleId SYNCHRONISED = RuleId.of("A-SYN-12");
    private static final RuleId OVERFLOW = RuleId.of("A-EVQ-03");

    private final Doubts doubts;
    private final Consumer<EventRecord> stallSeen;
    private final List<Obligation> pending = new ArrayList<>();
    /** Records that more than one obligation may have left. */
    private final List<SeenRecord> ambiguous = new ArrayList<>();
    /** The last records, for obligations of which all alternatives are known late. */
    private final Deque<SeenRecord> history = new ArrayDeque<>();
    /** Records seen since the queue was last taken, into which others may be merged. */
    private final List<SeenRecord> recent = new ArrayList<>();

    /**
     * @param stallSeen told of each stall record
     */
    RecordJudge(Doubts doubts, Consumer<EventRecord> stallSeen) {
        this.doubts = doubts;
        this.stallSeen = stallSeen;
    }

    List<Obligation> pending() {
        return pending;
    }

    void add(Obligation obligation) {
        pending.add(obligation);
        if (pending.size() + ambiguous.size() > BUDGET) {
            doubts.raise(Doubts.Area.EVENTS, "more than " + BUDGET + " event records are outstanding");
            pending.clear();
            ambiguous.clear();
        }
    }

    /** How many records may still come. */
    int outstanding() {
        int count = 0;
        for (Obligation obligation : pending) {
            count += obligation.remaining();
        }
        return count;
    }

    /** Whether some pending obligation may have left this record. */
    boolean mayBePending(EventRecord record) {
        SeenRecord seen = new SeenRecord(record, -1, Long.MAX_VALUE);
        return pending.stream().anyMatch(obligation -> obligation.accepts(seen));
    }

    /** A record was found. */
    @Rule("A-EVQ-09")
    @Rule("A-FLT-21")
    Verdict found(SeenRecord seen) {
        if (doubts.about(Doubts.Area.EVENTS)) {
            return doubts.verdict(Doubts.Area.EVENTS);
        }
        if (seen.record().stall() && isTranslationRelated(seen.record())) {
            stallSeen.accept(seen.record());
        }
        if (optional(seen.record())) {
            return Verdict.CONFORMS;
        }
        recent.add(seen);
        history.addLast(seen);
        if (history.size() > BUDGET) {
            history.removeFirst();
        }
        List<Obligation> candidates = candidates(seen);
        if (candidates.isEmpty() && completeThoseOf(seen.record().streamId())) {
            candidates = candidates(seen);
        }
        if (candidates.isEmpty()) {
            return unexplained(seen);
        }
        Optional<Obligation> origin = origin(candidates);
        if (origin.isPresent()) {
            match(origin.get());
            return Verdict.CONFORMS;
        }
        ambiguous.add(seen);
        Optional<SeenRecord> left = new RecordMatching(ambiguous, pending).withoutPlace();
        if (left.isPresent() && completeThoseOf(left.get().record().streamId())) {
            left = new RecordMatching(ambiguous, pending).withoutPlace();
        }
        return left.map(this::unexplained).orElse(Verdict.CONFORMS);
    }

    /** Asks for all alternatives of the transactions of a stream. Returns whether there are new ones. */
    private boolean completeThoseOf(int streamId) {
        boolean more = false;
        for (Obligation one : pending) {
            more |= one.isOf(streamId) && one.complete();
        }
        return more;
    }

    private static boolean isTranslationRelated(EventRecord record) {
        return record.type().map(EventType::isTranslationRelated).orElse(false);
    }

    private List<Obligation> candidates(SeenRecord seen) {
        List<Obligation> candidates = new ArrayList<>();
        for (Obligation obligation : pending) {
            if (obligation.accepts(seen)) {
                candidates.add(obligation);
            }
        }
        return candidates;
    }

    /**
     * The obligation that the record can be taken to be of without loss: of several that may leave the same record, one that is due and
     * certainly asks for it, as the others can do more with a later one. Empty if there is none such.
     */
    private Optional<Obligation> origin(List<Obligation> candidates) {
        Obligation best = candidates.get(0);
        boolean due = false;
        boolean asks = false;
        boolean mayAsk = false;
        for (Obligation one : candidates) {
            if (!one.alternatives().equals(best.alternatives())
                    || ambiguous.stream().anyMatch(one::accepts)) {
                return Optional.empty();
            }
            due |= one.isDue();
            asks |= one.missing() && !one.mayBeLost();
            mayAsk |= one.missing();
        }
        for (Obligation one : candidates) {
            boolean asking = one.missing() && !one.mayBeLost();
            if (candidates.size() == 1 || one.isDue() == due && (asks ? asking : !mayAsk)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private void match(Obligation obligation) {
        if (obligation.match()) {
            pending.remove(obligation);
        }
    }

    /** IMPLEMENTATION DEFINED events and E_PAGE_REQUEST need no cause. */
    private static boolean optional(EventRecord record) {
        boolean free = record.code() >= FIRST_IMPLEMENTATION_DEFINED && record.code() <= LAST_IMPLEMENTATION_DEFINED;
        return free || record.type().equals(Optional.of(EventType.E_PAGE_REQUEST));
    }

    private Verdict unexplained(SeenRecord seen) {
        EventRecord record = seen.record();
        ambiguous.remove(seen);
        Optional<Obligation> owner = pending.stream()
                .filter(one -> nearest(one, record).isPresent())
                .min(Comparator.comparingInt(one -> distance(one, record)));
        Finding finding;
        Optional<ExpectedRecord> near = owner.flatMap(one -> nearest(one, record));
        boolean another = near.isPresent()
                && (near.get().matches(record)
                        || near.get().record().code() != record.code()
                                && !owner.get().missing());
        if (near.isPresent() && !another) {
            finding = different(near.get(), record);
            owner.get().excuse();
        } else {
            finding = Finding.of("event record without a cause: " + Records.name(record), ONE_RECORD)
                    .because("no transaction of this stream since the queue was last empty may leave such a record");
        }
        pending.stream()
                .flatMap(one -> one.alternatives().stream())
                .limit(SHOWN)
                .forEach(one -> finding.allowed(one.describe()));
        if (pending.isEmpty()) {
            finding.allowed("no record");
        }
        return finding.observed(Records.describe(record)).verdict();
    }

    private static Finding different(ExpectedRecord near, EventRecord record) {
        if (near.record().code() != record.code()) {
            return Finding.of(
                            "event record " + Records.name(record) + " where " + Records.name(near.record())
                                    + " is due",
                            near.rule(),
                            CONTENT)
                    .because("the fault is " + Records.name(near.record()) + " by " + near.rule());
        }
        List<String> fields = near.differences(record);
        return Finding.of(
                        "event record " + Records.family(record) + ": " + String.join(", ", fields) + " wrong", CONTENT)
                .because("the fault is " + Records.name(record) + " by " + near.rule() + ", and the record differs in "
                        + String.join(", ", fields));
    }

    private static Optional<ExpectedRecord> nearest(Obligation obligation, EventRecord record) {
        return obligation.alternatives().stream()
                .filter(one -> one.record().streamId() == record.streamId())
                .min(Comparator.comparingInt(one -> one.distance(record)));
    }

    private static int distance(Obligation obligation, EventRecord record) {
        return nearest(obligation, record).map(one -> one.distance(record)).orElse(Integer.MAX_VALUE);
    }

    /**
     * Everything that the queue holds has been seen: records that are due and were not among it are missing.
     *
     * @param overflowed since when, at the latest, an overflow has been flagged; -1 if never
     */
    @Rule("A-MEV-02")
    @Rule("A-MEV-06")
    @Rule("A-SYN-12")
    Verdict complete(long overflowed) {
        if (pending.isEmpty() && ambiguous.isEmpty()) {
            return Verdict.CONFORMS;
        }
        List<Obligation> asking = new ArrayList<>();
        for (Obligation one : pending) {
            if (asks(one, overflowed) && !(one.complete() && !asks(one, overflowed))) {
                asking.add(one);
            }
        }
        Optional<Obligation> unserved = new RecordMatching(ambiguous, asking).unserved(asking);
        Verdict verdict = unserved.map(this::missing).orElse(Verdict.CONFORMS);
        close();
        return verdict;
    }

    /** Whether a record of it is missing that must have been seen. */
    private boolean asks(Obligation one, long overflowed) {
        boolean excused = one.mayBeLost() && !(one.lostByOverflowAlone() && overflowed < one.created());
        return one.isDue()
                && one.missing()
                && !excused
                && recent.stream().noneMatch(one::mayBeMergedInto)
                && !(one.completedLate() && history.stream().anyMatch(one::accepts));
    }

    /** Drops what is settled: obligations that are due, and records that no other obligation can have left. */
    private void close() {
        Set<Obligation> open = new HashSet<>();
        pending.stream().filter(one -> !one.isDue()).forEach(open::add);
        List<SeenRecord> kept = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (SeenRecord seen : ambiguous) {
                if (!kept.contains(seen) && open.stream().anyMatch(one -> one.accepts(seen))) {
                    kept.add(seen);
                    pending.stream().filter(one -> one.accepts(seen)).forEach(open::add);
                    more = true;
                }
            }
        }
        ambiguous.retainAll(kept);
        pending.removeIf(one -> !open.contains(one));
    }

    private Verdict missing(Obligation obligation) {
        if (obligation.alternatives().isEmpty()) {
            return Verdict.CONFORMS;
        }
        ExpectedRecord first = obligation.alternatives().get(0);
        Optional<SeenRecord> garbled = recent.stream()
                .filter(seen -> seen.record().code() == first.record().code()
                        && first.sameAccess(seen.record())
                        && !first.matches(seen.record()))
                .findFirst();
        if (garbled.isPresent()) {
            return different(first, garbled.get().record())
                    .allowed(first.describe())
                    .observed(Records.describe(garbled.get().record()))
                    .verdict();
        }
        Finding finding = (obligation.metFullQueue() && obligation.lostByOverflowAlone()
                        ? Finding.of("event record lost to a full queue, and OVFLG does not tell", OVERFLOW)
                        : Finding.of(
                                "event record missing: " + Records.name(first.record()),
                                first.rule(),
                                UNCONDITIONAL,
                                SYNCHRONISED))
                .observed("no such record")
                .because("the transaction of exchange " + obligation.created()
                        + " leaves a record, and whatever it leaves is visible by now");
        if (obligation.lostByOverflowAlone()) {
            finding.because("if the queue was full and the record lost, OVFLG would tell");
        }
        obligation.alternatives().stream().limit(SHOWN).forEach(one -> finding.allowed(one.describe()));
        return finding.verdict();
    }

    /** Records were dropped by software unseen: any of them may have been any that was awaited. */
    void unseen() {
        pending.forEach(Obligation::excuse);
    }

    /** The queue was emptied: what comes now is not merged into what it held. */
    void taken() {
        recent.clear();
    }

    /** Nothing that was pending will come any more, stall records apart. */
    void discard() {
        pending.removeIf(one -> !one.isStall());
        ambiguous.clear();
        recent.clear();
    }
}
