package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.nestor.dma.MsiRules;
import org.nestor.iommu.Parts;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Vocabulary;

/** A domain's doorbells take no step that iommu/msi does not know, and every assert of the module holds of them. */
@PairedWith(value = "iommu/msi", eachStep = true)
@TestInstance(Lifecycle.PER_CLASS)
class MsiPairingTests {
    private static final List<String> STATE = List.of(
            "oneBindingForEachDoorbell",
            "mappedIsBound",
            "stage2FollowsBindings",
            "doorbellIsNoRam",
            "preparedIsMapped",
            "newerOrdersBindings");
    private static final List<String> STEP = List.of("arguments", "bindStep", "mapStep", "prepareStep");
    private static final int RUNS = 12;
    private static final int OPERATIONS = 400;

    private final List<PairedStep> steps = new ArrayList<>();
    private Population population;
    private SpecClaims claims;

    /** Finds that no doorbell fits into a guest's page, so that none is ever mapped. */
    private static final class TightPages extends MsiRules.DoorbellFit {
        @Override
        public boolean fits(long offset, long guestPage) {
            return false;
        }
    }

    @BeforeAll
    void runTheCookie() {
        population = population(AlloyModule.load("iommu/msi"));
        claims = claims(population);
        for (int seed = 0; seed < RUNS; seed++) {
            steps.addAll(run(population, Parts.REFERENCE, seed));
        }
        assertTrue(steps.size() > RUNS * OPERATIONS / 2, "operations were looked at");
    }

    private static Population population(AlloyModule module) {
        return new Population(Vocabulary.of(module), MsiRun.atoms());
    }

    private static SpecClaims claims(Population population) {
        List<String> predicates = new ArrayList<>(STATE);
        predicates.addAll(STEP);
        return new SpecClaims(population, predicates);
    }

    private static List<PairedStep> run(Population population, Parts parts, int seed) {
        MsiRun run = new MsiRun(population, parts);
        Random random = new Random(seed);
        for (int i = 0; i < OPERATIONS; i++) {
            run.step(random);
        }
        return run.steps();
    }

    /** Each assert of the module, under its name, and each predicate that the module's steps and invariant are made of. */
    @TestFactory
    Stream<DynamicTest> doorbellsKeep() {
        assertTrue(claims.names().containsAll(SpecClaims.asserts(AlloyModule.load("iommu/msi"))));
        return claims.tests(steps);
    }

    @Test
    void invHoldsInEachRun() {
        assertEquals(Optional.empty(), claims.firstOutside("inv", run(population, Parts.REFERENCE, 0)));
    }

    @Test
    void runsMeetWhatTheClaimsAreAbout() {
        List<String> situations = List.of(
                "Now.operation = Bind and Now.at in Cookie.bound",
                "Now.operation = Unbind and Now.at in Doorbell.(Prepared.iova)",
                "Now.operation = Prepare and some already",
                "Now.operation = Prepare and some b: already, c: unmapped | c->b in Cookie.newer",
                "Now.operation = Prepare and some disj b, c: unmapped | b = taken and b->c in Cookie.newer",
                "Now.operation = Prepare and some newest and no taken and no already",
                "Now.operation = MapRam and some Now.page.(Stage2.doorbell)",
                "Now.operation = MapRam and some Now.page.(Stage2.ram)",
                "Now.operation = Release and some Prepared.iova");
        assertEquals(List.of(), claims.notMet(situations, steps));
    }

    @Test
    void cookieThatMapsNothingIsFound() {
        Parts wrong = Parts.REFERENCE.with(MsiRules.DoorbellFit.class, new TightPages());
        assertTrue(claims.firstBroken(run(population, wrong, 0)).isPresent());
    }

    @Test
    void conditionThatTheSpecLacksIsFound() {
        String text = AlloyModule.text("iommu/msi");
        String condition = " and no b.(Cookie.gpa).(Stage2.ram) }";
        assertTrue(text.contains(condition));
        AlloyModule module = AlloyModule.parse("iommu/msi", text.replace(condition, " }"));
        Population lacking = population(module);
        SpecClaims wrong = claims(lacking);
        assertTrue(Stream.iterate(0, seed -> seed < RUNS, seed -> seed + 1)
                .anyMatch(seed ->
                        wrong.firstBroken(run(lacking, Parts.REFERENCE, seed)).isPresent()));
    }

    @Test
    void compiledPredicatesAgreeWithKodkod() {
        List<String> predicates = new ArrayList<>(STATE);
        predicates.addAll(STEP);
        predicates.add("inv");
        predicates.add("step");
        int refused = new CrossCheck(population, steps).refused(predicates, 40);
        assertTrue(refused > 20, () -> refused + " refused");
    }

    @Test
    void manyStatesASecondAreEvaluated(TestReporter reporter) {
        long rate = Rate.of(claims, steps);
        reporter.publishEntry("states and steps a second", Long.toString(rate));
        System.out.printf("iommu/msi: %d states and steps a second%n", rate);
        assertTrue(rate > Rate.SLOWEST, () -> rate + " states a second");
    }
}
