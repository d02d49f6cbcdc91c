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
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.Parts;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.iommu.smmuv3.SteComposer;
import org.nestor.iommu.smmuv3.StreamTarget;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Vocabulary;

/** The driver takes no step with its domains that iommu/domain does not know, and every assert of the module holds of it. */
@PairedWith(value = "iommu/domain", eachStep = true)
@TestInstance(Lifecycle.PER_CLASS)
class DomainPairingTests {
    private static final List<String> STATE = List.of(
            "vmidsApart",
            "oneDomainEach",
            "attachedIsBound",
            "tableWhileTranslating",
            "stesFollowDomains",
            "freeVmidsAreClean");
    private static final List<String> STEP =
            List.of("arguments", "vmidStep", "deviceStep", "stage1Step", "steStep", "hardwareStep");
    private static final int RUNS = 6;
    private static final int OPERATIONS = 400;

    private final List<PairedStep> steps = new ArrayList<>();
    private Population population;
    private SpecClaims claims;

    /** Lets stage 2 translate what the guest wants aborted. */
    private static final class DeafComposer extends SteComposer {
        private static final int STAGE2 = 6;

        @Override
        public int config(StreamTarget target, DriverOptions options) {
            boolean aborts =
                    target instanceof StreamTarget.HostStage2 host && host.guest() instanceof GuestStage1.Abort;
            return aborts ? STAGE2 : super.config(target, options);
        }
    }

    @BeforeAll
    void runTheDriver() {
        population = population(AlloyModule.load("iommu/domain"));
        claims = claims(population);
        for (int seed = 0; seed < RUNS; seed++) {
            steps.addAll(run(population, Parts.REFERENCE, seed));
        }
        assertTrue(steps.size() >= RUNS * OPERATIONS, "all operations were looked at");
    }

    private static Population population(AlloyModule module) {
        return new Population(Vocabulary.of(module), DomainRun.atoms());
    }

    private static SpecClaims claims(Population population) {
        List<String> predicates = new ArrayList<>(STATE);
        predicates.addAll(STEP);
        return new SpecClaims(population, predicates);
    }

    private static List<PairedStep> run(Population population, Parts parts, int seed) {
        DomainRun run = new DomainRun(population, parts);
        Random random = new Random(seed);
        for (int i = 0; i < OPERATIONS; i++) {
            run.step(random);
            assertEquals(run.boundDomains(), run.used(), "VMIDs that were seen in STEs, and those that are given out");
        }
        return run.steps();
    }

    /** Each assert of the module, under its name, and each predicate that the module's steps and invariant are made of. */
    @TestFactory
    Stream<DynamicTest> driverKeeps() {
        assertTrue(claims.names().containsAll(SpecClaims.asserts(AlloyModule.load("iommu/domain"))));
        return claims.tests(steps);
    }

    @Test
    void invHoldsInEachRun() {
        assertEquals(Optional.empty(), claims.firstOutside("inv", run(population, Parts.REFERENCE, 0)));
    }

    /** VMIDs run out and are used again, tables are refused, and what is freed had something cached. */
    @Test
    void runsMeetWhatTheClaimsAreAbout() {
        List<String> situations = List.of(
                "Now.operation = Attach and Now.domain not in bound and no Vmid - Domain.vmid",
                "Now.operation = Attach and Now.domain not in bound and some Vmid - Domain.vmid",
                "Now.operation = Attach and some devices.(Now.device) and devices.(Now.device) != Now.domain",
                "Now.operation = SetTable and Now.domain in bound and not accepted",
                "Now.operation = SetTable and Now.domain not in bound",
                "Now.operation = SetTable and accepted and some Now.domain.devices",
                "Now.operation = AbortAll and accepted and some Now.domain.devices",
                "Now.operation = Free and some Now.domain.vmid & Hardware.tagged");
        assertEquals(List.of(), claims.notMet(situations, steps));
    }

    @Test
    void driverThatIgnoresAnAbortIsFound() {
        Parts wrong = Parts.REFERENCE.with(SteComposer.class, new DeafComposer());
        assertTrue(claims.firstBroken(run(population, wrong, 0)).isPresent());
    }

    @Test
    void conjunctThatTheSpecLacksIsFound() {
        String text = AlloyModule.text("iommu/domain");
        String condition = "Now.domain in bound and (Now.operation = SetTable implies";
        assertTrue(text.contains(condition));
        AlloyModule module =
                AlloyModule.parse("iommu/domain", text.replace(condition, "(Now.operation = SetTable implies"));
        Population lacking = population(module);
        assertTrue(claims(lacking).firstBroken(run(lacking, Parts.REFERENCE, 0)).isPresent());
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
        System.out.printf("iommu/domain: %d states and steps a second%n", rate);
        assertTrue(rate > Rate.SLOWEST, () -> rate + " states a second");
    }
}
