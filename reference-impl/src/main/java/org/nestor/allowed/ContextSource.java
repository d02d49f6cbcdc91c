package org.nestor.allowed;

import java.util.List;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.transaction.Transaction;

/**
 * A configuration that an SMMU may have met when it formed something cached.
 *
 * @param transaction the stream and substream that it serves
 * @param configuration what it says
 * @param past what it was read from that memory does not hold any more
 * @param since the earliest instant at which it can have served a translation
 */
record ContextSource(Transaction transaction, Configuration configuration, List<Use> past, long since) {

    /**
     * A word with a past value.
     *
     * @param role what it was read as
     * @param within the cached objects that hold it, from the outermost within the configuration to the one made of it
     */
    record Use(String role, Word word, List<CachedObject> within) {}

    /** Whether a translation can have been served by it: while memory still held what it was read from. */
    boolean mayHaveServed() {
        return past.stream().allMatch(use -> use.word().until() >= since);
    }

    boolean sameContext(Transaction other) {
        return transaction.streamId() == other.streamId()
                && transaction.ssv() == other.ssv()
                && transaction.substreamId() == other.substreamId();
    }
}
