package org.nestor.judge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.EventRecord;

/** The event records that one attempt of a transaction may, or must, leave. */
final class Obligation {
    private static final long OPEN = Long.MAX_VALUE;
    private static final RuleId REPLACED = RuleId.of("A-EVQ-18");

    private List<ExpectedRecord> alternatives;
    private Optional<Supplier<Alternatives>> rest = Optional.empty();
    private int maximum;
    private final boolean mergeable;
    private final boolean stall;
    private final long created;
    private int minimum;
    private int matched;
    private long due = OPEN;
    private int replacements;
    private boolean waiting;
    private boolean mayBeRefused;
    private boolean mayOverflow;
    private boolean metFullQueue;

    /**
     * What records there may be.
     *
     * @param records what each may be
     * @param must whether there is one in any case
     */
    record Alternatives(List<ExpectedRecord> records, boolean must) {}

    /**
     * @param alternatives what each record may be
     * @param minimum of records
     * @param maximum of records
     * @param mergeable whether an equal record may stand for it
     * @param stall whether the record is kept until it can be written
     * @param created the exchange of the transaction
     */
    Obligation(
            List<ExpectedRecord> alternatives,
            int minimum,
            int maximum,
            boolean mergeable,
            boolean stall,
            long created) {
        this.alternatives = List.copyOf(alternatives);
        this.minimum = minimum;
        this.maximum = maximum;
        this.mergeable = mergeable;
        this.stall = stall;
        this.created = created;
    }

    /** The alternatives are only the likeliest; the rest are asked for when these do not explain what is seen. */
    Obligation withRest(Supplier<Alternatives> all) {
        rest = Optional.of(all);
        return this;
    }

    /** Asks for the rest of the alternatives. Returns whether there were more to ask for. */
    boolean complete() {
        if (rest.isEmpty()) {
            return false;
        }
        Alternatives all = rest.get().get();
        rest = Optional.empty();
        alternatives = List.copyOf(all.records());
        minimum = all.must() ? minimum : 0;
        return true;
    }

    /** Whether it is about a transaction of the stream. */
    boolean isOf(int streamId) {
        return alternatives.stream().anyMatch(one -> one.record().streamId() == streamId);
    }

    /** The streams that it is about: one, but for transactions of which nothing is known. */
    Set<Integer> streams() {
        return alternatives.stream().map(one -> one.record().streamId()).collect(Collectors.toSet());
    }

    List<ExpectedRecord> alternatives() {
        return alternatives;
    }

    boolean accepts(SeenRecord seen) {
        return inTime(seen) && accepts(seen.record());
    }

    /** Whether it may accept the record when all alternatives are known. */
    boolean mayAccept(SeenRecord seen) {
        return inTime(seen)
                && (accepts(seen.record())
                        || rest.isPresent() && isOf(seen.record().streamId()));
    }

    private boolean inTime(SeenRecord seen) {
        return created <= seen.notAfter() && due > seen.notBefore();
    }

    private boolean accepts(EventRecord record) {
        for (ExpectedRecord alternative : alternatives) {
            if (alternative.matches(record)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this record, seen after the fault, may stand for the one that is missing. */
    boolean mayBeMergedInto(SeenRecord seen) {
        return mergeable
                && created <= seen.notAfter()
                && alternatives.stream().anyMatch(alternative -> alternative.mergesInto(seen.record()));
    }

    /** A record is one of this obligation. Returns whether it can have no more. */
    boolean match() {
        matched++;
        return matched >= maximum;
    }

    /** A record that was taken to be one of this obligation may be one of another. */
    void unmatch() {
        matched--;
    }

    int remaining() {
        return maximum - matched;
    }

    boolean missing() {
        return matched < minimum;
    }

    /** Records that do not appear from now on are not missed: the SMMU may have dropped them without a trace. */
    void mayBeRefused() {
        mayBeRefused = true;
    }

    /** How many records retries of a stalled transaction may leave in place of its own. */
    Obligation withReplacements(int records) {
        replacements = records;
        return this;
    }

    /** The record of the stall may have to wait, and a retry meanwhile may leave others in its place. */
    void mayBeReplaced() {
        if (replacements > 0) {
            complete();
            alternatives = Stream.concat(
                            alternatives.stream(),
                            streams().stream().map(stream -> ExpectedRecord.anything(stream, REPLACED)))
                    .toList();
            minimum = 0;
            maximum += replacements;
            replacements = 0;
        }
    }

    /** The stall may have to wait until others have ended, and is not recorded before. */
    void waitForOthers() {
        waiting = true;
        mayBeReplaced();
    }

    /** The stalled transaction has ended: its record, if the queue had no place for it so far, is not written any more. */
    void end() {
        waiting = false;
        mayBeRefused = true;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** Whether a full queue may lose a record of it: one that is not of a stall. */
    boolean mayBeDiscarded() {
        return alternatives.stream().anyMatch(one -> !one.stall());
    }

    /** The queue may be full when the record comes. */
    void mayOverflow() {
        mayOverflow = true;
    }

    /** The queue was seen to be full while the record was outstanding. */
    void meetFullQueue() {
        metFullQueue = true;
    }

    boolean metFullQueue() {
        return metFullQueue;
    }

    /** Whether a missing record can have been lost by overflow alone. */
    boolean lostByOverflowAlone() {
        return mayOverflow && !mayBeRefused && !stall;
    }

    boolean mayBeLost() {
        return mayBeRefused || mayOverflow && !stall;
    }

    /** No record is asked for any more. */
    void excuse() {
        minimum = 0;
    }

    /** Every record is visible by now. */
    void becomeDue(long at) {
        due = Math.min(due, at);
    }

    boolean isDue() {
        return due != OPEN;
    }

    boolean isStall() {
        return stall;
    }

    long created() {
        return created;
    }
}
