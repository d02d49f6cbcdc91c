package org.nestor.judge;

import java.util.List;
import org.nestor.smmu.format.EventRecord;

/** The event records that one attempt of a transaction may, or must, leave. */
final class Obligation {
    private static final long OPEN = Long.MAX_VALUE;

    private final List<ExpectedRecord> alternatives;
    private final int maximum;
    private final boolean mergeable;
    private final boolean stall;
    private final long created;
    private int minimum;
    private int matched;
    private long due = OPEN;
    private boolean mayBeRefused;
    private boolean mayOverflow;

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

    List<ExpectedRecord> alternatives() {
        return alternatives;
    }

    boolean accepts(SeenRecord seen) {
        return created <= seen.notAfter() && due > seen.notBefore() && accepts(seen.record());
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

    /** The queue may be full when the record comes. */
    void mayOverflow() {
        mayOverflow = true;
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
