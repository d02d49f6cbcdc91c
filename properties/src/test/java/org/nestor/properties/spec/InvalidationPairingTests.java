package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.KodkodEvaluation;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.eval.Vocabulary;
import org.nestor.spec.eval.WellFormed;

/**
 * The caches of the reference take no step that smmu/invalidation does not know, and hold nothing that its interval rule forbids: after
 * each operation of random runs, under each policy, the state is encoded and the module's predicates are evaluated.
 */
@TestInstance(Lifecycle.PER_CLASS)
class InvalidationPairingTests {
    private static final List<String> STATE = List.of("watched", "withinRule", "doomedIsPending", "okIsFilled");
    private static final List<String> STEP = List.of("arguments", "memoryStep", "queueStep", "cacheStep");
    private static final int RUNS = 24;
    private static final int OPERATIONS = 150;

    /** Kodkod's evaluator does some hundreds; the closures do many thousands, on a machine that has other things to do as well. */
    private static final long SLOWEST = 1_000;

    private final WatchedCommands commands = new WatchedCommands();
    private Vocabulary vocabulary;

    /** An SMMU whose NH_ALL forgets combined entries. */
    private static final class CombinedStay extends InvalidationRules {
        CombinedStay() {
            super(new CoveredRange());
        }

        @Override
        public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
            return super.removes(command, entry, vmidIgnoredBits)
                    && !(command instanceof InvalidationCommand.TlbiNhAll && entry.isCombined());
        }
    }

    /** A state with the step that leads on, and the state that it led to. */
    private record Step(Valuation before, Valuation after) {
        Valuation both() {
            return before.before(after);
        }
    }

    @BeforeAll
    void readTheModule() {
        vocabulary = Vocabulary.of(AlloyModule.load("smmu/invalidation"));
    }

    @ParameterizedTest
    @EnumSource
    void cachesRefineTheIntervalRule(WatchedWord word) {
        int steps = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            boolean global = seed % 3 == 0;
            InvalidationEncoding encoding = new InvalidationEncoding(vocabulary, commands, word, global);
            List<Step> run = run(encoding, word, global, seed, new InvalidationRules(new CoveredRange()));
            assertEquals(Optional.empty(), firstBroken(encoding, run));
            steps += run.size();
        }
        assertTrue(steps >= RUNS * OPERATIONS, "all operations were looked at");
    }

    @Test
    void cacheThatKeepsTooMuchIsFound() {
        InvalidationEncoding encoding = new InvalidationEncoding(vocabulary, commands, WatchedWord.STAGE2, false);
        boolean found = false;
        for (int seed = 0; seed < RUNS && !found; seed++) {
            List<Step> run = run(encoding, WatchedWord.STAGE2, false, seed, new CombinedStay());
            found = firstBroken(encoding, run).isPresent();
        }
        assertTrue(found);
    }

    /** States of runs, and the same with one tuple added to or taken from the caches or the ghosts. */
    @Test
    void compiledPredicatesAgreeWithKodkod() {
        InvalidationEncoding encoding = new InvalidationEncoding(vocabulary, commands, WatchedWord.STAGE2, false);
        Population population = encoding.population();
        KodkodEvaluation kodkod = new KodkodEvaluation(population);
        List<Step> run = run(encoding, WatchedWord.STAGE2, false, 5, new InvalidationRules(new CoveredRange()));
        Random random = new Random(7);
        int rejected = 0;
        for (int i = 0; i < 60; i++) {
            Step step = run.get(random.nextInt(run.size()));
            Valuation after = i % 3 == 0 ? step.after() : disturbed(population, step.after(), random);
            for (String name : STATE) {
                assertEquals(
                        kodkod.holds(name, after), population.predicate(name).test(after), name);
            }
            boolean holds = population.predicate("step").test(step.before().before(after));
            assertEquals(kodkod.holds("step", step.before(), after), holds);
            rejected += holds ? 0 : 1;
        }
        assertTrue(rejected > 10, "disturbed states were rejected: " + rejected);
    }

    @Test
    void manyStatesASecondAreEvaluated(TestReporter reporter) {
        InvalidationEncoding encoding = new InvalidationEncoding(vocabulary, commands, WatchedWord.STAGE2, false);
        List<Step> run = run(encoding, WatchedWord.STAGE2, false, 1, new InvalidationRules(new CoveredRange()));
        Population population = encoding.population();
        Map<String, Predicate<Valuation>> predicates = predicates(population);
        for (int warm = 0; warm < 10; warm++) {
            assertEquals(Optional.empty(), firstBroken(encoding, predicates, run));
        }
        long begin = System.nanoTime();
        int rounds = 10;
        for (int round = 0; round < rounds; round++) {
            assertEquals(Optional.empty(), firstBroken(encoding, predicates, run));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long rate = Math.round(rounds * run.size() / seconds);
        reporter.publishEntry("states and steps a second", Long.toString(rate));
        assertTrue(rate > SLOWEST, () -> rate + " states a second");
    }

    private Valuation disturbed(Population population, Valuation state, Random random) {
        int slot = population.slot(random.nextBoolean() ? "Hardware.holds" : "Rule.ok");
        List<String> entries = List.of("SteCache", "CdCache", "Stage1Tlb", "Stage2Walk", "Stage2Tlb", "CombinedTlb");
        String entry = entries.get(random.nextInt(entries.size()));
        String value = WatchedTables.VALUES.get(random.nextInt(WatchedTables.VALUES.size()));
        Tuples tuple = population.tuples(2, List.of(List.of(entry, value)));
        return state.with(slot, population.toggled(state.get(slot), tuple));
    }

    private static Map<String, Predicate<Valuation>> predicates(Population population) {
        Map<String, Predicate<Valuation>> predicates = new LinkedHashMap<>();
        predicates.put("well-formed", new WellFormed(population)::holds);
        STATE.forEach(name -> predicates.put(name, population.predicate(name)));
        STEP.forEach(name -> predicates.put(name, population.predicate(name)));
        return predicates;
    }

    private static Optional<String> firstBroken(InvalidationEncoding encoding, List<Step> run) {
        return firstBroken(encoding, predicates(encoding.population()), run);
    }

    private static Optional<String> firstBroken(
            InvalidationEncoding encoding, Map<String, Predicate<Valuation>> predicates, List<Step> run) {
        for (int i = 0; i < run.size(); i++) {
            for (Map.Entry<String, Predicate<Valuation>> predicate : predicates.entrySet()) {
                if (!predicate.getValue().test(run.get(i).both())) {
                    return Optional.of("%s does not hold at step %d, from %s to %s"
                            .formatted(
                                    predicate.getKey(),
                                    i,
                                    encoding.describe(run.get(i).before()),
                                    encoding.describe(run.get(i).after())));
                }
            }
        }
        return Optional.empty();
    }

    private List<Step> run(
            InvalidationEncoding encoding, WatchedWord word, boolean global, int seed, InvalidationRules rules) {
        WatchedRun run = new WatchedRun(encoding, commands, word, global, policy(seed), rules);
        Random random = new Random(seed);
        for (int i = 0; i < OPERATIONS; i++) {
            run.step(random);
        }
        List<Step> steps = new ArrayList<>();
        run.forEach((before, after) -> steps.add(new Step(before, after)));
        return steps;
    }

    private static CachePolicy policy(int seed) {
        return switch (seed % 6) {
            case 0 -> CachePolicies.never();
            case 1 -> CachePolicies.infinite();
            case 2 -> CachePolicies.lru(2);
            case 3 -> CachePolicies.prefetching(seed);
            default -> CachePolicies.random(seed);
        };
    }
}
