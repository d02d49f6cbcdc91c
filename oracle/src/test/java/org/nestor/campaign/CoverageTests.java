package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.generators.search.Motif;
import org.nestor.rule.RuleId;

class CoverageTests {
    private static final Target COMMON = new Target.Outcome(new OutcomeKind("common"));
    private static final Target RARE = new Target.Decision(RuleId.of("A-STE-01"));

    private static void count(Coverage coverage, int times, Motif motif, Set<Target> reached) {
        for (int i = 0; i < times; i++) {
            coverage.count(Drawings.of(3, motif), reached);
        }
    }

    /** Of 1,000 scenarios, 500 with each of two motifs; the rare target is only ever reached with one of them. */
    private static Coverage stallsReachIt() {
        Coverage coverage = new Coverage();
        count(coverage, 500, Motif.USE, Set.of(COMMON));
        count(coverage, 496, Motif.STALL, Set.of(COMMON));
        count(coverage, 4, Motif.STALL, Set.of(COMMON, RARE));
        return coverage;
    }

    @Test
    void beforeAnyScenarioNoMotifStandsOut() {
        assertEquals(1, new Coverage().lift(Motif.USE));
    }

    @Test
    void aMotifThatRareTargetsComeWithLiftsThem() {
        Coverage coverage = stallsReachIt();
        assertEquals((4 + 1) / 6.0 / 0.5, coverage.lift(Motif.STALL), 1e-9);
        assertEquals((0 + 1) / 6.0 / 0.5, coverage.lift(Motif.USE), 1e-9);
    }

    @Test
    void aMotifThatNoScenarioHadIsLeftAsItIs() {
        assertEquals(1, stallsReachIt().lift(Motif.ATS));
    }

    @Test
    void whatManyScenariosReachDoesNotCount() {
        Coverage coverage = new Coverage();
        count(coverage, 900, Motif.USE, Set.of(COMMON));
        count(coverage, 100, Motif.STALL, Set.of(COMMON, RARE));
        assertEquals(1, coverage.lift(Motif.STALL));
    }

    @Test
    void theMoreScenariosShowItTheLargerTheLift() {
        Coverage once = new Coverage();
        count(once, 500, Motif.USE, Set.of());
        count(once, 499, Motif.STALL, Set.of());
        count(once, 1, Motif.STALL, Set.of(RARE));
        assertTrue(once.lift(Motif.STALL) > 1);
        assertTrue(once.lift(Motif.STALL) < stallsReachIt().lift(Motif.STALL));
    }

    @Test
    void targetsAreCountedOnce() {
        assertEquals(2, stallsReachIt().reached());
    }

    @Test
    void theExampleOfATargetIsTheShortestScenarioThatReachedIt() {
        Coverage coverage = new Coverage();
        coverage.count(Drawings.of(5), Set.of(RARE));
        coverage.count(Drawings.of(2), Set.of(RARE));
        coverage.count(Drawings.of(4), Set.of(RARE));
        coverage.count(Drawings.of(1), Set.of());
        assertEquals(Drawings.of(2), coverage.examples().orElseThrow().at(0.5));
    }

    @Test
    void theRarerATargetTheOftenerIsItsExamplePicked() {
        Coverage coverage = new Coverage();
        count(coverage, 9, Motif.USE, Set.of(COMMON));
        coverage.count(Drawings.of(5), Set.of(RARE));
        Examples examples = coverage.examples().orElseThrow();
        assertEquals(Drawings.of(3, Motif.USE), examples.at(0.099));
        assertEquals(Drawings.of(5), examples.at(0.101));
        assertEquals(Drawings.of(3, Motif.USE), examples.at(0));
        assertEquals(Drawings.of(5), examples.at(Math.nextDown(1.0)));
    }

    @Test
    void whereNothingWasReachedThereAreNoExamples() {
        Coverage coverage = new Coverage();
        coverage.count(Drawings.of(5), Set.of());
        assertTrue(coverage.examples().isEmpty());
    }

    /** What a batch was drawn from must not change under it. */
    @Test
    void examplesAreThoseOfTheMomentWhenTheyWereAskedFor() {
        Coverage coverage = new Coverage();
        coverage.count(Drawings.of(5), Set.of(RARE));
        Examples examples = coverage.examples().orElseThrow();
        coverage.count(Drawings.of(2), Set.of(RARE));
        assertEquals(Drawings.of(5), examples.at(0.5));
    }
}
