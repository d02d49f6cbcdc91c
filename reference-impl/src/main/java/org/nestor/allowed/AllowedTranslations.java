package org.nestor.allowed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.allowed.AllowedOutcome.PastWord;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.OutputAccess;
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
    /** Runs for one translation; beyond them the answer is incomplete. */
    private static final int BUDGET = 1024;

    /** Neighbours whose STE.CONT is looked at: those in an aligned group of 2^4. */
    private static final int LOG2_NEIGHBOURS = 4;

    private final MemoryHistory memory;
    private final InvalidationLog invalidations;
    private final RegisterHistory registers = new RegisterHistory();
    private final Speculation speculation = new Speculation();
    private final PresentReader presentReader;
    private final TranslationProcedure present;
    private final Choices choices = new Choices();
    private final ChoosingReader reader;
    private final TranslationProcedure procedure;
    private final RunRules rules = new RunRules();
    private final SourceFinder sources;
    private ExcuseFinder excuses;
    private Optional<Attempt> lastAttempt = Optional.empty();

    /**
     * Translations for an SMMU with these ID registers.
     *
     * @param log is told of the rules that {@link #present} decides on
     */
    public AllowedTranslations(IdRegisters ids, MemoryHistory memory, InvalidationLog invalidations, RuleLog log) {
        TranslationFactory factory = new TranslationFactory();
        boolean largeAddresses = ids.oas() == 52;
        this.memory = memory;
        this.invalidations = invalidations;
        this.presentReader = new PresentReader(memory, speculation);
        this.present = factory.assemble(ids, presentReader, log);
        Choices inner = new Choices();
        ChoosingReader innerReader =
                new ChoosingReader(memory, invalidations, inner, Sources.NONE, speculation, largeAddresses);
        this.sources = new SourceFinder(
                invalidations, registers, innerReader, inner, factory.assemble(ids, innerReader, RuleLog.NONE));
        this.reader = new ChoosingReader(memory, invalidations, choices, sources, speculation, largeAddresses);
        this.procedure = factory.assemble(ids, reader, rules);
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
        sources.use(transaction, at);
    }

    /** Nothing is known of any stream, and no register was written. */
    public void clear() {
        registers.clear();
        sources.clear();
        speculation.clear();
        present.configure(GlobalConfiguration.RESET);
    }

    /**
     * What an SMMU without caches makes of a transaction now: one of the allowed outcomes, at a small part of the cost of all. Empty if
     * a device holds what it depends on.
     */
    public Optional<AllowedOutcome> present(Transaction transaction, long at) {
        sources.use(transaction, at);
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
        if (sources.stagesMixed()) {
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
        Map<Key, AllowedOutcome> outcomes = new LinkedHashMap<>();
        excuses = new ExcuseFinder(memory);
        lastAttempt = Optional.of(new Attempt(transaction, begin));
        Optional<String> incomplete = enumerate(transaction, begin, eager, (outcome, past) -> {
            excuses.look(reader.run(), transaction);
            add(outcome, procedure.outputAccess(transaction), past, outcomes);
        });
        return new Allowed(new ArrayList<>(outcomes.values()), incomplete);
    }

    /** Takes a run that is possible. */
    @FunctionalInterface
    private interface Visitor {
        void visit(TranslationOutcome outcome, List<PastWord> past);
    }

    /** Runs the procedure over every combination; the answer says why some may be missing. */
    private Optional<String> enumerate(Transaction transaction, long begin, boolean eager, Visitor visitor) {
        sources.use(transaction, begin);
        sources.attempt(begin);
        reader.attempt(begin);
        boolean incomplete = false;
        boolean leftOut = false;
        int runs = 0;
        for (RegisterHistory.Version version : registers.versions()) {
            procedure.configure(version.registers());
            choices.clear();
            do {
                rules.take();
                TranslationOutcome outcome = procedure.translate(transaction);
                Admission admission = new Admission(invalidations, reader.run(), outcome, begin, eager);
                if (underOldRegisters(version, begin) && admission.possible()) {
                    visitor.visit(outcome, admission.past());
                }
                incomplete |= reader.run().forgotten();
                leftOut |= reader.run().leftOut();
                runs++;
            } while (choices.advance() && runs < BUDGET);
        }
        return leftOut
                ? Optional.of("tables of several origins may serve the levels of one walk (C-KEY-03, C-KEY-04)")
                : reason(incomplete || sources.exhausted(), runs);
    }

    private record Key(TranslationOutcome outcome, OutputAccess access, List<HardwareUpdate> updates) {}

    private void add(
            TranslationOutcome outcome, OutputAccess access, List<PastWord> past, Map<Key, AllowedOutcome> outcomes) {
        List<HardwareUpdate> updates = List.copyOf(reader.run().updates());
        Key key = new Key(outcome, access, updates);
        AllowedOutcome known = outcomes.get(key);
        if (known == null || past.size() < known.past().size()) {
            outcomes.put(key, new AllowedOutcome(outcome, access, updates, past, rules.take()));
        }
    }

    /** A structure that was found under earlier register values can only come from a cache, which has it from a look-up then. */
    @Rule("C-CFG-08")
    private boolean underOldRegisters(RegisterHistory.Version version, long begin) {
        List<CachedObject> stream = reader.run().stream();
        return version.present() || !stream.isEmpty() && version.until() >= invalidations.oldestRead(stream, begin);
    }

    private static Optional<String> reason(boolean forgotten, int runs) {
        if (runs >= BUDGET) {
            return Optional.of("more than " + BUDGET + " combinations of past values");
        }
        return forgotten
                ? Optional.of("some values are not known: past ones that were forgotten, or what a device holds")
                : Optional.empty();
    }
}
