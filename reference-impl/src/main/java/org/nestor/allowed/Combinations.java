package org.nestor.allowed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.allowed.AllowedOutcome.PastWord;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;

/** Runs the translation procedure over every combination of values that words may have, by what a log says of invalidations. */
final class Combinations {
    /** Runs for one translation; beyond them the answer is incomplete. */
    private static final int BUDGET = 1024;

    private final InvalidationLog invalidations;
    private final RegisterHistory registers;
    private final Choices choices = new Choices();
    private final ChoosingReader reader;
    private final TranslationProcedure procedure;
    private final RunRules rules = new RunRules();
    private final SourceFinder sources;

    Combinations(
            IdRegisters ids,
            MemoryHistory memory,
            InvalidationLog invalidations,
            RegisterHistory registers,
            UsedContexts contexts,
            Speculation speculation) {
        TranslationFactory factory = new TranslationFactory();
        boolean largeAddresses = ids.oas() == 52;
        this.invalidations = invalidations;
        this.registers = registers;
        Choices inner = new Choices();
        ChoosingReader innerReader =
                new ChoosingReader(memory, invalidations, inner, Sources.NONE, speculation, largeAddresses);
        TranslationProcedure innerProcedure = factory.assemble(ids, innerReader, RuleLog.NONE);
        this.sources = new SourceFinder(invalidations, registers, contexts, innerReader, inner, innerProcedure);
        this.reader = new ChoosingReader(memory, invalidations, choices, sources, speculation, largeAddresses);
        this.procedure = factory.assemble(ids, reader, rules);
    }

    /** Whether the last attempt met a VMID that is in use with stage 2 and without. */
    boolean stagesMixed() {
        return sources.stagesMixed();
    }

    /** What makes two outcomes the same. */
    private record Key(TranslationOutcome outcome, OutputAccess access, List<HardwareUpdate> updates) {}

    /**
     * Everything that an attempt may come to, each outcome in the way that needs least of the past.
     *
     * @param begin the instant at which the attempt may have begun at the earliest
     * @param eager whether contexts that nobody has used may have been walked for
     * @param disregarded commands that do not count, but are told of where they would forbid a word
     * @param possible is told of each run that is possible
     */
    Allowed outcomes(
            Transaction transaction,
            long begin,
            boolean eager,
            Optional<InvalidationLog> disregarded,
            Consumer<RunTrace> possible) {
        Allowed allowed = enumerate(transaction, begin, eager, disregarded, possible);
        return reader.isOutdated() ? enumerate(transaction, begin, eager, disregarded, possible) : allowed;
    }

    private Allowed enumerate(
            Transaction transaction,
            long begin,
            boolean eager,
            Optional<InvalidationLog> disregarded,
            Consumer<RunTrace> possible) {
        Map<Key, AllowedOutcome> outcomes = new LinkedHashMap<>();
        sources.attempt(begin);
        reader.attempt(begin);
        boolean forgotten = false;
        boolean leftOut = false;
        int runs = 0;
        for (RegisterHistory.Version version : registers.versions()) {
            procedure.configure(version.registers(), version.l1());
            choices.clear();
            do {
                rules.take();
                TranslationOutcome outcome = procedure.translate(transaction);
                Admission admission = new Admission(invalidations, reader.run(), outcome, begin, eager, disregarded);
                if (underOldRegisters(version, begin) && admission.possible()) {
                    possible.accept(reader.run());
                    add(outcome, procedure.outputAccess(transaction), admission.past(), outcomes);
                }
                forgotten |= reader.run().forgotten();
                leftOut |= reader.run().leftOut();
                runs++;
            } while (choices.advance() && runs < BUDGET);
        }
        Optional<String> incomplete = leftOut
                ? Optional.of("tables of several origins may serve the levels of one walk (C-KEY-03, C-KEY-04)")
                : reason(forgotten || sources.exhausted(), runs);
        return new Allowed(new ArrayList<>(outcomes.values()), incomplete);
    }

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
