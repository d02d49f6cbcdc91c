package org.nestor.smmu.fault;

import java.util.Optional;
import org.nestor.smmu.format.EventRecord;

/**
 * A held transaction.
 *
 * @param <T> the transaction and what is needed to take it up again
 */
public final class Stall<T> {
    private final int streamId;
    private final int stag;
    private final T transaction;
    private State state = State.WAITING;
    private Optional<EventRecord> pending = Optional.empty();

    Stall(int streamId, int stag, T transaction) {
        this.streamId = streamId;
        this.stag = stag;
        this.transaction = transaction;
    }

    /** What is to happen to a held transaction. */
    public enum State {
        /** It faulted while STALL_MAX others were stalled: it has no record, and is tried again when there is room. */
        WAITING,
        /** It is stalled, and its record could not be written yet. */
        UNRECORDED,
        /** As UNRECORDED, but a CMD_SYNC has completed since, so that the record may tell of a state that is gone. */
        OUTDATED,
        /** It is stalled and software can read its record. */
        RECORDED,
        /** It is to be tried again. */
        RETRY,
        /** It is to be terminated with abort. */
        ABORT,
        /** It is to be terminated as RAZ/WI. */
        RAZ_WI
    }

    public int streamId() {
        return streamId;
    }

    /** 16 bits. */
    public int stag() {
        return stag;
    }

    public T transaction() {
        return transaction;
    }

    public State state() {
        return state;
    }

    /** The record that waits to be written. */
    public Optional<EventRecord> pending() {
        return pending;
    }

    void become(State next) {
        state = next;
    }

    /** The transaction stalls, and its record could not be written. */
    public void unrecorded(EventRecord event) {
        pending = Optional.of(event);
        state = State.UNRECORDED;
    }

    /** The transaction stalls, and its record is in the event queue. */
    public void recorded() {
        pending = Optional.empty();
        state = State.RECORDED;
    }
}
