package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.smmu.transaction.Transaction;

/**
 * The part of a DMA within one 4 KiB page, and every way in which it may end.
 *
 * @param transaction the part as a transaction
 * @param from its first byte within the DMA
 * @param length its bytes
 * @param begin the instant at which it may have begun
 * @param endings the ways that are known
 * @param open why there may be others
 */
record Part(Transaction transaction, int from, int length, long begin, List<Ending> endings, Optional<String> open) {
    private static final int PAGE = 4096;
    private static final int PIECE = 4;

    /** Where the parts of a DMA begin and end: lengths, in order. */
    static int firstLength(long address, int length) {
        return Math.min(length, PAGE - (int) (address & PAGE - 1));
    }

    /** How many records the part can leave at most, if it is split further. */
    int pieces() {
        return transaction.address() % PIECE == 0 ? Math.max(1, (length + PIECE - 1) / PIECE) : length;
    }

    List<Ending> of(Ending.Kind kind) {
        List<Ending> found = new ArrayList<>(endings.size());
        for (Ending ending : endings) {
            if (ending.kind() == kind) {
                found.add(ending);
            }
        }
        return found;
    }

    /** The same with fewer ways to end. */
    Part only(List<Ending> left) {
        return new Part(transaction, from, length, begin, left, open);
    }
}
