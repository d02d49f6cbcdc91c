package org.nestor.allowed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nestor.smmu.transaction.Transaction;

/** The streams and substreams that were used, or named by a prefetch, and since when. */
final class UsedContexts {
    private final Map<Context, Long> firstUse = new LinkedHashMap<>();

    /** Who uses a configuration. */
    record Context(int streamId, boolean ssv, int substreamId) {
        static Context of(Transaction transaction) {
            return new Context(transaction.streamId(), transaction.ssv(), transaction.substreamId());
        }

        Transaction transaction() {
            Transaction read = Transaction.read(streamId, 0);
            return ssv ? read.withSubstream(substreamId) : read;
        }
    }

    /** The context of the transaction is in use, from this instant on at the latest. */
    void use(Transaction transaction, long at) {
        firstUse.putIfAbsent(Context.of(transaction), at);
    }

    /** In the order of their first uses. */
    Set<Context> all() {
        return firstUse.keySet();
    }

    /** Since when a context is in use; an instant that is given if it is not. */
    long since(Context context, long otherwise) {
        return firstUse.getOrDefault(context, otherwise);
    }

    void clear() {
        firstUse.clear();
    }
}
