package org.nestor.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** Matches event records with the faults that they may tell of. The order of records is free. */
final class RecordJudge {
    private static final int FIRST_IMPLEMENTATION_DEFINED = 0xE0;
    private static final int LAST_IMPLEMENTATION_DEFINED = 0xEF;
    private static final int OUTSTANDING = 768;
    private static final int PAIRS = 256;
    private static final int SHOWN = 6;
    private static final RuleId CONTENT = RuleId.of("A-FLT-22");
    private static final RuleId ONE_RECORD = RuleId.of("A-EVQ-10");
    private static final RuleId UNCONDITIONAL = RuleId.of("A-EVQ-15");
    private static final RuleId SYNCHRONISED = RuleId.of("A-SYN-12");
    private static final RuleId OVERFLOW = RuleId.of("A-EVQ-03");
    private static final RuleId ANY_ORDER = RuleId.of("A-EVQ-09");
    private static final RuleId HINT = RuleId.of("A-FLT-21");
    private static final RuleId MAY_BE_MERGED = RuleId.of("A-MEV-02");

    private final Doubts doubts;
    private final Consumer<EventRecord> stallSeen;
    private final RuleLog rules;
    private final List<Obligation> pending = new ArrayList<>();
    /** Records that more than one obligation may have left. */
    private final List<SeenRecord> ambiguous = new ArrayList<>();
    /** What was taken to belong together, and is taken apart again if that leaves something else unexplained. */
    private final List<Pair> pairs = new ArrayList<>();
    /** Some pairs cannot be taken apart any more. */
    private boolean forgotten;
    /** Records seen since the queue was last taken, into which others may be merged. */
    private final List<SeenRecord> recent = new ArrayList<>();

    /** A record, and the obligation that it is taken to be of. */
    private record Pair(Obligation obligation, SeenRecord record) {}

    /**
     * @param stallSeen told of each stall record
     */
    RecordJudge(Doubts doubts, Consumer<EventRecord> stallSeen, RuleLog rules) {
        this.doubts = doubts;
        this.stallSeen = stallSeen;
        this.rules = rules;
    }

    boolean isPending() {
        return !pending.isEmpty();
    }

    /** Obligations that may not be fulfilled: those that are pending, and those that a record was taken to be of. */
    Collection<Obligation> open() {
        if (pairs.isEmpty()) {
            return pending;
        }
        Set<Obligation> open = new LinkedHashSet<>(pending);
        pairs.forEach(pair -> open.add(pair.obligation()));
        return open;
    }

    void add(Obligation obligation) {
        pending.add(obligation);
        if (pending.size() + ambiguous.size() > OUTSTANDING) {
            giveUp();
        }
    }

    private void giveUp() {
        doubts.raise(Doubts.Area.EVENTS, "more than " + OUTSTANDING + " event records are outstanding");
        pending.clear();
        settle();
    }

    /** Nothing is pending: what was taken to belong together can stay so, as whatever comes later is of later transactions. */
    private void settle() {
        ambiguous.clear();
        pairs.clear();
        forgotten = false;
    }

    /** How many records may still come. */
    int outstanding() {
        int count = 0;
        for (Obligation obligation : pending) {
            count += obligation.remaining();
        }
        return count;
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
            rules.decided(HINT);
            return Verdict.CONFORMS;
        }
        recent.add(seen);
        List<Obligation> candidates = candidates(seen);
        Optional<Obligation> origin = candidates.isEmpty() ? Optional.empty() : origin(candidates);
        if (origin.isPresent()) {
            match(origin.get(), seen);
            return Verdict.CONFORMS;
        }
        rules.followed(ANY_ORDER, candidates.size() > 1);
        ambiguous.add(seen);
        Optional<SeenRecord> left = withoutPlace();
        if (left.isPresent()) {
            reconsider(left.get().record().streamId());
            ambiguous.sort(Comparator.comparing(record -> !isOfAKnownFault(record)));
            left = withoutPlace();
        }
        return left.map(this::unexplained).orElse(Verdict.CONFORMS);
    }

    /** Whether it is the record of a fault that is known: such a one has a better right to its place than one that would do for any. */
    private boolean isOfAKnownFault(SeenRecord record) {
        return pending.stream()
                .flatMap(one -> one.alternatives().stream())
                .anyMatch(one -> !one.isAnything() && one.matches(record.record()));
    }

    private Optional<SeenRecord> withoutPlace() {
        return new RecordMatching(ambiguous, pending).withoutPlace();
    }

    /**
     * Of the transactions of a stream, what was decided by what is likeliest is open again, with all that each may have left. It comes
     * first in what is matched, so that whatever does not fit in the end is what came last.
     */
    private void reconsider(int streamId) {
        List<Pair> reopened = pairs.stream()
                .filter(pair -> pair.record().record().streamId() == streamId)
                .toList();
        pairs.removeAll(reopened);
        ambiguous.addAll(0, reopened.stream().map(Pair::record).toList());
        reopened.forEach(pair -> pair.obligation().unmatch());
        List<Obligation> again =
                reopened.stream().map(Pair::obligation).distinct().toList();
        pending.removeAll(again);
        pending.addAll(0, again);
        pending.stream().filter(one -> one.isOf(streamId)).forEach(Obligation::complete);
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

    private void match(Obligation obligation, SeenRecord record) {
        rules.decided(ONE_RECORD);
        if (obligation.match()) {
            pending.remove(obligation);
        }
        if (pairs.size() == PAIRS) {
            pairs.remove(0);
            forgotten = true;
        }
        pairs.add(new Pair(obligation, record));
    }

    /** IMPLEMENTATION DEFINED events and E_PAGE_REQUEST need no cause. */
    private static boolean optional(EventRecord record) {
        boolean free = record.code() >= FIRST_IMPLEMENTATION_DEFINED && record.code() <= LAST_IMPLEMENTATION_DEFINED;
        return free || record.type().equals(Optional.of(EventType.E_PAGE_REQUEST));
    }

    private Verdict unexplained(SeenRecord seen) {
        EventRecord record = seen.record();
        ambiguous.remove(seen);
        if (forgotten) {
            giveUp();
            return doubts.verdict(Doubts.Area.EVENTS);
        }
        Optional<Obligation> owner = owner(record);
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

    /**
     * The obligation whose record this is likeliest to be a wrong one of. Those that it fits come last: as it has no place, it is of
     * another time.
     */
    private Optional<Obligation> owner(EventRecord record) {
        List<Obligation> near =
                free().stream().filter(one -> nearest(one, record).isPresent()).toList();
        List<Obligation> unfit = near.stream()
                .filter(one -> one.alternatives().stream().noneMatch(fit -> fit.matches(record)))
                .toList();
        return (unfit.isEmpty() ? near : unfit).stream().min(Comparator.comparingInt(one -> distance(one, record)));
    }

    /** The obligations that may have left a record beside all those that were seen; all that are pending if there is none. */
    private List<Obligation> free() {
        List<Obligation> free = new RecordMatching(ambiguous, pending).free();
        return free.isEmpty() ? pending : free;
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
        if (pending.isEmpty()) {
            settle();
            return Verdict.CONFORMS;
        }
        Set<Integer> reconsidered = new HashSet<>();
        Optional<Obligation> unserved = unserved(overflowed);
        while (unserved.isPresent() && reconsidered.addAll(unserved.get().streams())) {
            unserved.get().streams().forEach(this::reconsider);
            unserved = unserved(overflowed);
        }
        Verdict verdict = unserved.map(this::missing).orElse(Verdict.CONFORMS);
        close();
        return verdict;
    }

    private Optional<Obligation> unserved(long overflowed) {
        List<Obligation> asking =
                pending.stream().filter(one -> asks(one, overflowed)).toList();
        return asking.isEmpty() ? Optional.empty() : new RecordMatching(ambiguous, asking).unserved(asking);
    }

    /** Whether a record of it is missing that must have been seen. */
    private boolean asks(Obligation one, long overflowed) {
        boolean excused = one.mayBeLost() && !(one.lostByOverflowAlone() && overflowed < one.created());
        if (!one.isDue() || !one.missing() || excused) {
            return false;
        }
        boolean merged = recent.stream().anyMatch(one::mayBeMergedInto);
        rules.followed(MAY_BE_MERGED, merged);
        return !merged;
    }

    /** Drops what is settled: obligations that are due, unless a record may be theirs that may also be of one that is not. */
    private void close() {
        Set<Obligation> kept = new HashSet<>();
        List<SeenRecord> seen = new ArrayList<>(ambiguous);
        pairs.forEach(pair -> seen.add(pair.record()));
        Collection<Obligation> all = open();
        all.stream().filter(one -> !one.isDue()).forEach(kept::add);
        Set<SeenRecord> open = new HashSet<>();
        boolean more = !kept.isEmpty();
        while (more) {
            more = false;
            for (SeenRecord record : seen) {
                if (!open.contains(record) && kept.stream().anyMatch(one -> one.mayAccept(record))) {
                    open.add(record);
                    all.stream().filter(one -> one.mayAccept(record)).forEach(kept::add);
                    more = true;
                }
            }
        }
        ambiguous.retainAll(open);
        pairs.removeIf(pair -> !open.contains(pair.record()));
        pending.retainAll(kept);
        if (pending.isEmpty()) {
            settle();
        }
    }

    private Verdict missing(Obligation obligation) {
        if (obligation.alternatives().isEmpty()) {
            return Verdict.CONFORMS;
        }
        if (forgotten) {
            giveUp();
            return doubts.verdict(Doubts.Area.EVENTS);
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
                                (obligation.lostByOverflowAlone()
                                                ? "event record missing, or lost to a full queue: "
                                                : "event record missing: ")
                                        + names(obligation),
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

    private static String names(Obligation obligation) {
        return obligation.alternatives().stream()
                .map(one -> Records.name(one.record()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** Records were dropped by software unseen: any of them may have been any that was awaited. */
    void unseen() {
        open().forEach(Obligation::excuse);
    }

    /** The queue was emptied: what comes now is not merged into what it held. */
    void taken() {
        recent.clear();
    }

    /** Nothing that was pending will come any more, stall records apart. */
    void discard() {
        pending.removeIf(one -> !one.isStall());
        settle();
        recent.clear();
    }
}
