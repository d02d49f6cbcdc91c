package org.nestor.judge;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Request;
import org.nestor.smmu.transaction.Transaction;

/** A stalled transaction, and what software may have answered or has answered. */
final class Held {
    private static final long PAGE = -4096L;

    final Request.Dma request;
    final Transaction transaction;
    final Optional<Bytes> picked;
    final int stag;
    final long since;
    /** The STAGs that records gave it, or another one that has the same. */
    final Set<Integer> recorded = new HashSet<>();
    /** A record was of it and of no other. */
    boolean certainlyRecorded;
    /** Answers that may have been taken. */
    final Set<Answer> possible = new HashSet<>();
    /** It was tried again, so that its STAG may have changed. */
    boolean retried;

    Optional<Answer> certain = Optional.empty();

    /** What software may ask for. */
    enum Answer {
        RETRY,
        ABORT,
        RAZ_WI
    }

    Held(Request.Dma request, Transaction transaction, int stag, Optional<Bytes> picked, long since) {
        this.request = request;
        this.transaction = transaction;
        this.stag = stag;
        this.picked = picked;
        this.since = since;
    }

    boolean mayBe(int streamId, int tag) {
        return transaction.streamId() == streamId && (tag == stag || retried || recorded.contains(tag));
    }

    /** Whether an input address is one of those that it accesses. */
    boolean covers(long address) {
        return Long.compareUnsigned(address - transaction.address(), request.len()) < 0;
    }

    boolean certainlyIs(int streamId, int tag) {
        return transaction.streamId() == streamId && !retried && certainlyRecorded && recorded.contains(tag);
    }

    /** Whether the record of one of them may stand for that of the other (A-STL-20). */
    boolean duplicates(Transaction other) {
        return transaction.streamId() == other.streamId()
                && transaction.ssv() == other.ssv()
                && transaction.substreamId() == other.substreamId()
                && (transaction.address() & PAGE) == (other.address() & PAGE)
                && transaction.access() == other.access()
                && transaction.privileged() == other.privileged()
                && transaction.instruction() == other.instruction();
    }

    /** Whether it goes on with another page after one that was ended: each part is a transaction of its own. */
    boolean hasSeveralParts() {
        return Part.firstLength(transaction.address(), request.len()) < request.len();
    }
}
