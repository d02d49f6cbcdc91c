package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.spec.AlloyModule;

/**
 * The caches of the reference take no step with two VMs that smmu/nested does not know, and every assert of the module holds of them: after
 * each operation of random runs, under each policy, the state is encoded and evaluated, whatever is watched.
 */
@PairedWith(value = "smmu/nested", eachStep = true)
@TestInstance(Lifecycle.PER_CLASS)
class NestedPairingTests {
    private static final List<String> PREDICATES = List.of(
            "vmidsAreUnique",
            "trackedPageIsOwned",
            "stage2EntryIsTracked",
            "combinedEntryIsTracked",
            "arguments",
            "hostIsCareful",
            "memoryStep",
            "hostStep[Vm]",
            "queueStep",
            "cacheStep",
            "dmaStep",
            "isolated");
    private static final int RUNS = 12;
    private static final int OPERATIONS = 300;
    private static final int UNRECORDED_RUNS = 60;
    private static final int EVALUATED = 1_000;

    private final List<PairedStep> steps = new ArrayList<>();
    private AlloyModule module;
    private NestedEncoding encoding;
    private SpecClaims claims;

    @BeforeAll
    void runTheVms() {
        module = AlloyModule.load("smmu/nested");
        encoding = new NestedEncoding(module);
        claims = claims(encoding);
        for (int seed = 0; seed < RUNS; seed++) {
            steps.addAll(run(encoding, NestedWatch.all(), reference(), seed).steps());
        }
        assertTrue(steps.size() >= 2 * RUNS * OPERATIONS, "all operations were looked at");
    }

    private static InvalidationRules reference() {
        return new InvalidationRules(new CoveredRange());
    }

    private static SpecClaims claims(NestedEncoding encoding) {
        return new SpecClaims(encoding.population(), PREDICATES);
    }

    private static NestedRun run(
            NestedEncoding encoding, List<NestedWatch> watches, InvalidationRules rules, int seed) {
        NestedRun run = new NestedRun(encoding, watches, CachedSmmu.policy(seed), rules);
        Random random = new Random(seed);
        for (int i = 0; i < OPERATIONS; i++) {
            run.step(random);
        }
        return run;
    }

    private NestedRun unrecorded(InvalidationRules rules, int seed) {
        return run(encoding, List.of(), rules, seed);
    }

    /** Each assert of the module about a state or a step, under its name, and what its steps and invariant are made of. */
    @TestFactory
    Stream<DynamicTest> hardwareKeeps() {
        assertTrue(claims.names().containsAll(SpecClaims.asserts(module)));
        return claims.tests(steps);
    }

    /** Of the Java alone: whatever is cached, the page belongs to a VM that the STE names or may still name. */
    @Test
    @Rule("C-KEY-01")
    @Rule("C-INV-09")
    void noDmaReachesAnotherVm() {
        int translated = 0;
        for (int seed = 0; seed < UNRECORDED_RUNS; seed++) {
            NestedRun run = unrecorded(reference(), seed);
            assertEquals(List.of(), run.leaks());
            translated += run.translated();
        }
        int reached = translated;
        assertTrue(reached > UNRECORDED_RUNS * OPERATIONS / 20, () -> reached + " DMAs have reached a page");
    }

    @Test
    @Rule("C-CMP-01")
    void cfgiMakesConfigurationCurrent() {
        int outdated = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            NestedRun run = new NestedRun(encoding, List.of(), CachedSmmu.policy(seed), reference());
            Random random = new Random(seed);
            for (int i = 0; i < OPERATIONS; i++) {
                run.step(random);
                String stream = NestedTables.STREAMS.get(i % NestedTables.STREAMS.size());
                if (!run.stale(stream).isEmpty()) {
                    outdated++;
                    run.perform(new NestedAction("Cfgi", Map.of("stream", stream)));
                    run.perform(new NestedAction("Sync", Map.of()));
                    assertEquals(Set.of(), run.stale(stream));
                }
            }
        }
        int found = outdated;
        assertTrue(found > RUNS, () -> found + " streams with outdated configuration");
    }

    @Test
    void runsBeginWithinTheInvariant() {
        assertEquals(Optional.empty(), claims.firstOutside("inv", steps.subList(0, 1)));
    }

    /** Pages change hands, entries outlive what they were made from, and commands wait. */
    @Test
    void runsMeetWhatTheClaimsAreAbout() {
        List<String> situations = List.of(
                "Now.operation = Dma and Now.page not in Ipa.(Vm.(Memory.stage2))",
                "Now.operation = Dma and Now.stream.(Hardware.stes) not in Now.stream.(Memory.ste)",
                "Now.operation = Grant and some Now.page.(Memory.owner) and Now.page.(Memory.owner) != Now.vm",
                "some Cached and Watched.p in Vm.(Host.ipaDone)",
                "some Cached and Watched.p in Vm.(Host.lastIssued)",
                "some Watched.reached - Watched.x.(Context.(Memory.stage1))",
                "Now.operation = Idle and some carriedOut",
                "Now.operation = Idle and some reconfigured");
        assertEquals(List.of(), claims.notMet(situations, steps));
    }

    @Test
    void cacheThatKeepsTooMuchIsFound() {
        assertTrue(IntStream.range(0, RUNS)
                .mapToObj(seed -> run(encoding, NestedWatch.all(), new CombinedStay(), seed))
                .anyMatch(run -> claims.firstBroken(run.steps()).isPresent()));
        assertTrue(IntStream.range(0, UNRECORDED_RUNS)
                .mapToObj(seed -> unrecorded(new CombinedStay(), seed))
                .anyMatch(run -> !run.leaks().isEmpty()));
    }

    /** A premise of the invariant; and that NH_ALL leaves stage 2 entries. */
    @ParameterizedTest
    @CsvSource({
        "some Cached and Watched.p not in, Watched.p not in",
        "(QueuedIpa + QueuedVmall).carriedOut, Queued.carriedOut"
    })
    void conditionThatTheSpecLacksIsFound(String condition, String instead) {
        String text = AlloyModule.text("smmu/nested");
        assertTrue(text.contains(condition));
        NestedEncoding lacking = new NestedEncoding(AlloyModule.parse("smmu/nested", text.replace(condition, instead)));
        SpecClaims wrong = claims(lacking);
        assertTrue(IntStream.range(0, RUNS)
                .mapToObj(seed -> run(lacking, NestedWatch.all(), reference(), seed))
                .anyMatch(run -> wrong.firstBroken(run.steps()).isPresent()));
    }

    @Test
    void compiledPredicatesAgreeWithKodkod() {
        List<String> predicates = new ArrayList<>(PREDICATES);
        predicates.addAll(List.of("inv", "step[Vm]"));
        int refused = new CrossCheck(encoding.population(), steps).refused(predicates, 80);
        assertTrue(refused > 10, () -> refused + " refused");
    }

    @Test
    void manyStatesASecondAreEvaluated(TestReporter reporter) {
        long rate = Rate.of(claims, steps.subList(steps.size() - EVALUATED, steps.size()));
        reporter.publishEntry("states and steps a second", Long.toString(rate));
        System.out.printf("smmu/nested: %d states and steps a second%n", rate);
        assertTrue(rate > Rate.SLOWEST, () -> rate + " states a second");
    }
}
