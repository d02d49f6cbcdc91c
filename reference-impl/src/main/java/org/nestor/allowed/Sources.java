package org.nestor.allowed;

import java.util.List;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.transaction.Transaction;

/** The configurations that cached translations may have been formed under, apart from the one that a transaction finds. */
interface Sources {

    /**
     * The contexts that entries for an address may come from, the transaction's own among them: those that translate alike are together.
     *
     * @param tag what look-ups are tagged with
     * @param any whatever serves the address
     */
    List<List<ContextSource>> contexts(Stage1Tag tag, CachedObject any);

    /**
     * The streams that stage 2 entries of a VMID may come from: those that translate alike are together.
     *
     * @param around what the entries served to make; nothing if they serve the transaction itself
     */
    List<List<ContextSource>> streams(Stage2Regime regime, List<CachedObject> around);

    /** The configurations by which the CD of a transaction may have been located, one for each CD. */
    List<ContextSource> locations(Transaction transaction);

    /** None but its own. */
    Sources NONE = new Sources() {
        @Override
        public List<List<ContextSource>> contexts(Stage1Tag tag, CachedObject any) {
            return List.of();
        }

        @Override
        public List<List<ContextSource>> streams(Stage2Regime regime, List<CachedObject> around) {
            return List.of();
        }

        @Override
        public List<ContextSource> locations(Transaction transaction) {
            return List.of();
        }
    };
}
