package org.nestor.allowed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;

/**
 * What translations may come to: the translation procedure over words that may have any of several values. It knows no more than
 * software does: what was written, which commands were published, and which were seen to be complete.
 */
public final class AllowedTranslations {
    /** Neighbours whose STE.CONT is looked at: those in an aligned group of 2^4. */
    private static final int LOG2_NEIGHBOURS = 4;

    private final IdRegisters ids;
    private final MemoryHistory memory;
    private final InvalidationLog invalidations;
    private final RegisterHistory registers = new RegisterHistory();
    private final Speculation speculation = new Speculation();
    private final PresentReader presentReader;
    private final TranslationProcedure present;
    private final UsedContexts contexts = new UsedContexts();
    private final Combinations combinations;
    private ExcuseFinder excuses;
    private Optional<Attempt> lastAttempt = Optional.empty();

    /**
     * Translations for an SMMU with these ID registers.
     *
     * @param log is told of the rules that {@link #present} decides on
     */
    public AllowedTranslations(IdRegisters ids, MemoryHistory memory, InvalidationLog invalidations, RuleLog log) {
        this.ids = ids;
        this.memory = memory;
        this.invalidations = invalidations;
        this.presentReader = new PresentReader(memory, speculation);
        this.present = new TranslationFactory().assemble(ids, presentReader, log);
        this.combinations = new Combinations(ids, memory, invalidations, registers, contexts, speculation);
        this.excuses = new ExcuseFinder(memory);
        memory.hardwareUpdates(ids.httu());
    }

    /** The registers that translation depends on have these values from this instant on. */
    public void configure(GlobalConfiguration now, long at) {
        registers.set(now, at);
        present.configure(now);
    }

    /** A stream or substream may be walked for from this instant on without a transaction of its own: a prefetch names it. */
    public void prefetched(Transaction transaction, long at) {
        contexts.use(transaction, at);
    }

    /** Nothing is known of any stream, and no register was written. */
    public void clear() {
        registers.clear();
        contexts.clear();
        speculation.clear();
        present.configure(GlobalConfiguration.RESET);
    }

    /**
     * What an SMMU without caches makes of a transaction now: one of the allowed outcomes, at a small part of the cost of all. Empty if
     * a device holds what it depends on.
     */
    public Optional<AllowedOutcome> present(Transaction transaction, long at) {
        contexts.use(transaction, at);
        TranslationOutcome outcome = present.translate(transaction);
        return presentReader.guesses()
                ? Optional.empty()
                : Optional.of(new AllowedOutcome(
                        outcome, present.outputAccess(transaction), presentReader.updates(), List.of(), Set.of()));
    }

    /**
     * Everything that one attempt to translate may come to while SMMUEN = 1. Memory is not changed.
     *
     * @param begin the instant at which the attempt may have begun at the earliest; its outcome was seen now
     */
    @Rule("C-CFG-01")
    @Rule("C-TLB-06")
    @Rule("C-TLB-09")
    public Allowed translate(Transaction transaction, long begin) {
        return translate(transaction, begin, false);
    }

    /**
     * As {@link #translate(Transaction, long)}, for an SMMU that also walks for streams that nobody has used. No SMMU is known to, but
     * none is told not to: an outcome found only here is no proof of an error.
     */
    @Rule("C-CFG-05")
    public Allowed translateEagerly(Transaction transaction, long begin) {
        return translate(transaction, begin, true);
    }

    /**
     * What software did that leaves the outcome of the attempt open beyond what is allowed; the attempt is the one that was asked about
     * last.
     */
    public Set<Excuse> excuses(Transaction transaction, long begin) {
        if (!lastAttempt.equals(Optional.of(new Attempt(transaction, begin)))) {
            translate(transaction, begin, false);
        }
        if (combinations.stagesMixed()) {
            excuses.stagesMixed();
        }
        if (neighbourServes(transaction.streamId())) {
            excuses.neighbourServes();
        }
        return Set.copyOf(excuses.found());
    }

    private record Attempt(Transaction transaction, long begin) {}

    /** Whether an STE within reach says that it serves the stream, and is not the same as the stream's own. */
    @Rule("C-CFG-09")
    private boolean neighbourServes(int streamId) {
        StreamTableEntry own = steOf(streamId);
        int first = streamId & -1 << LOG2_NEIGHBOURS;
        for (int other = first; other < first + (1 << LOG2_NEIGHBOURS); other++) {
            StreamTableEntry ste = steOf(other);
            int span = Math.max(ste.cont(), own.cont());
            if (span != 0 && (other ^ streamId) >>> span == 0 && !ste.equals(own)) {
                return true;
            }
        }
        return false;
    }

    private StreamTableEntry steOf(int streamId) {
        return present.streamOf(Transaction.read(streamId, 0)).ste();
    }

    private Allowed translate(Transaction transaction, long begin, boolean eager) {
        excuses = new ExcuseFinder(memory);
        lastAttempt = Optional.of(new Attempt(transaction, begin));
        contexts.use(transaction, begin);
        return combinations.outcomes(
                transaction, begin, eager, Optional.empty(), run -> excuses.look(run, transaction));
    }

    /**
     * Everything that the attempt might come to if no invalidation counted. What is found only here rests on words that some command
     * removed, and names it.
     */
    public Allowed translateIgnoringInvalidations(Transaction transaction, long begin) {
        InvalidationLog none = new InvalidationLog();
        return new Combinations(ids, memory, none, registers, contexts, speculation)
                .outcomes(transaction, begin, false, Optional.of(invalidations), run -> {});
    }
}
