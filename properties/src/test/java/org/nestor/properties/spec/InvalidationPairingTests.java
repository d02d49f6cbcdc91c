package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Vocabulary;
import org.nestor.spec.mutation.Mutant;
import org.nestor.spec.mutation.Mutants;

/**
 * The caches of the reference take no step that smmu/invalidation does not know, and hold nothing that its interval rule forbids: after
 * each operation of random runs, under each policy, the state is encoded, and the module's predicates and asserts are evaluated.
 */
@PairedWith(value = "smmu/invalidation", eachStep = true)
@TestInstance(Lifecycle.PER_CLASS)
class InvalidationPairingTests {
    private static final List<String> PREDICATES = List.of(
            "watched",
            "withinRule",
            "doomedIsPending",
            "okIsFilled",
            "arguments",
            "memoryStep",
            "queueStep",
            "cacheStep",
            "ruleStep");
    private static final int RUNS = 24;
    private static final int OPERATIONS = 150;

    private final WatchedCommands commands = new WatchedCommands();
    private final List<Watch> watches = new ArrayList<>();
    private AlloyModule module;

    /** A word that is watched, in global entries or not; what is claimed of it, and the steps that were taken. */
    private record Watch(WatchedWord word, boolean global, SpecClaims claims, List<PairedStep> steps) {}

    @BeforeAll
    void runTheCaches() {
        module = AlloyModule.load("smmu/invalidation");
        Vocabulary vocabulary = Vocabulary.of(module);
        for (WatchedWord word : WatchedWord.values()) {
            watches.add(watch(vocabulary, word, false));
            watches.add(watch(vocabulary, word, true));
        }
    }

    private Watch watch(Vocabulary vocabulary, WatchedWord word, boolean global) {
        return watch(vocabulary, word, global, new InvalidationRules(new CoveredRange()));
    }

    private Watch watch(Vocabulary vocabulary, WatchedWord word, boolean global, InvalidationRules rules) {
        InvalidationEncoding encoding = new InvalidationEncoding(vocabulary, commands, word, global);
        List<PairedStep> steps = new ArrayList<>();
        for (int seed = 0; seed < RUNS; seed++) {
            WatchedRun run = new WatchedRun(encoding, commands, word, global, CachedSmmu.policy(seed), rules);
            Random random = new Random(seed);
            for (int i = 0; i < OPERATIONS; i++) {
                run.step(random);
            }
            steps.addAll(run.steps());
        }
        assertTrue(steps.size() >= RUNS * OPERATIONS, "all operations were looked at");
        return new Watch(word, global, new SpecClaims(encoding.population(), PREDICATES), steps);
    }

    /** Each assert of the module about a state or a step, under its name, and what its steps and invariant are made of. */
    @TestFactory
    Stream<DynamicContainer> cachesKeep() {
        return watches.stream().map(watch -> {
            assertTrue(watch.claims().names().containsAll(SpecClaims.asserts(module)));
            String name = watch.word() + (watch.global() ? " in global entries" : "");
            return DynamicContainer.dynamicContainer(name, watch.claims().tests(watch.steps()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void cachesRefineTheIntervalRule(WatchedWord word) {
        watches.stream()
                .filter(watch -> watch.word() == word)
                .forEach(watch ->
                        assertEquals(Optional.empty(), watch.claims().firstBroken("withinRule", watch.steps())));
    }

    /** Old values are cached and removed, and commands wait. */
    @Test
    void runsMeetWhatTheClaimsAreAbout() {
        List<String> situations = List.of(
                "some Hardware.holds - Entry->Memory.current",
                "some Entry.(Hardware.holds) - Memory.current and Now.operation = Publish and some carriedOut.clears & Hardware.holds.Value",
                "some Hardware.pending and Now.operation = Idle and some carriedOut",
                "some Rule.doomed and Now.operation = Synchronise");
        watches.forEach(watch -> assertEquals(List.of(), watch.claims().notMet(situations, watch.steps())));
    }

    @Test
    void cacheThatKeepsTooMuchIsFound() {
        Watch watch = watch(Vocabulary.of(module), WatchedWord.STAGE2, false, new CombinedStay());
        assertTrue(watch.claims().firstBroken(watch.steps()).isPresent());
    }

    /** In the eyes of the spec a command then removes what is of another VM, ASID or address as well. */
    @TestFactory
    Stream<DynamicTest> conjunctThatTheSpecLacksIsFound() {
        List<String> tags = List.of("onVmid", "onAsid", "onPage");
        return Mutants.ofOpenedToo(module, List.of("sameVm", "covered", "onlyContext")::contains).stream()
                .filter(mutant -> tags.stream().anyMatch(mutant.name()::contains))
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> assertTrue(isFound(mutant))));
    }

    private boolean isFound(Mutant mutant) {
        return mutant.during(() -> {
            Watch watch = watch(Vocabulary.of(module), WatchedWord.STAGE1, false);
            return watch.claims().firstBroken(watch.steps()).isPresent();
        });
    }

    /** On states of runs, and on such in which one relation is as in another state. */
    @Test
    void compiledPredicatesAgreeWithKodkod() {
        Watch watch = watches.get(watches.size() - 1);
        List<String> predicates = new ArrayList<>(PREDICATES);
        predicates.addAll(List.of("inv", "step"));
        int refused = new CrossCheck(watch.claims().population(), watch.steps()).refused(predicates, 80);
        assertTrue(refused > 10, () -> refused + " refused");
    }

    @Test
    void manyStatesASecondAreEvaluated(TestReporter reporter) {
        long rate = Math.round(watches.stream()
                .mapToLong(watch -> Rate.of(watch.claims(), watch.steps().subList(0, OPERATIONS)))
                .average()
                .orElseThrow());
        reporter.publishEntry("states and steps a second", Long.toString(rate));
        System.out.printf("smmu/invalidation: %d states and steps a second%n", rate);
        assertTrue(rate > Rate.SLOWEST, () -> rate + " states a second");
    }
}
