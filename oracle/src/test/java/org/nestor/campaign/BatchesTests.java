package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.ScenarioGenerator.Drawn;
import org.nestor.generators.search.Weights;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.rule.RuleId;

@Timeout(300)
class BatchesTests {
    private static final Weights OTHERS = Weights.DEFAULT.with(Motif.USE, 1).withSpecialSetups(0);
    private static final Drawn DRAWN = Drawings.of(0);

    private static Capabilities capabilities() throws UnfitException {
        try (Stage stage = new Stage(ReferenceConfiguration.DEFAULT::create, Judging.BY_THE_ARCHITECTURE, false)) {
            return stage.capabilities();
        }
    }

    private static void play(Batches batches, int scenarios) {
        for (int i = 0; i < scenarios; i++) {
            batches.played(DRAWN, Set.of());
        }
    }

    @Test
    void theThirdBatchIsDrawnAsTheFirstSuggests() throws Exception {
        Target target = new Target.Decision(RuleId.of("A-STE-01"));
        Batches batches = new Batches(
                (number, machine, reached) ->
                        new ScenarioGenerator(machine, reached.reached() == 0 ? Weights.DEFAULT : OTHERS)::draw,
                capabilities());
        for (int i = 0; i < Batches.SIZE; i++) {
            batches.played(DRAWN, Set.of(target));
        }
        ScenarioGenerator defaults = new ScenarioGenerator(capabilities(), Weights.DEFAULT);
        ScenarioGenerator others = new ScenarioGenerator(capabilities(), OTHERS);
        assertEquals(defaults.generate(7), batches.of(Batches.SIZE).draw(7).scenario());
        assertEquals(others.generate(7), batches.of(2L * Batches.SIZE).draw(7).scenario());
    }

    @Test
    void eachBatchIsDrawnWithItsWeights() throws Exception {
        Batches batches = new Batches(
                (number, machine, reached) ->
                        new ScenarioGenerator(machine, number < 2 ? Weights.DEFAULT : OTHERS)::draw,
                capabilities());
        long second = Batches.SIZE;
        long third = 2L * Batches.SIZE;
        ScenarioGenerator defaults = new ScenarioGenerator(capabilities(), Weights.DEFAULT);
        ScenarioGenerator others = new ScenarioGenerator(capabilities(), OTHERS);
        assertEquals(defaults.generate(7), batches.of(0).draw(7).scenario());
        assertEquals(defaults.generate(7), batches.of(second).draw(7).scenario());
        play(batches, Batches.SIZE);
        assertEquals(defaults.generate(7), batches.of(second).draw(7).scenario());
        assertEquals(others.generate(7), batches.of(third).draw(7).scenario());
        assertNotEquals(defaults.generate(7), others.generate(7));
    }

    @Test
    void aBatchWaitsForTheOneBeforeItsPredecessor() throws Exception {
        Batches batches = new Batches(Guidance.NONE, capabilities());
        Thread waiting = new Thread(() -> {
            try {
                batches.of(2L * Batches.SIZE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        play(batches, Batches.SIZE - 1);
        while (waiting.getState() != Thread.State.WAITING) {
            assertTrue(waiting.isAlive(), "it has not waited");
            Thread.onSpinWait();
        }
        batches.played(DRAWN, Set.of());
        waiting.join();
    }

    @Test
    void aBatchThatIsOverCannotBeHadAgain() throws Exception {
        Batches batches = new Batches(Guidance.NONE, capabilities());
        play(batches, Batches.SIZE);
        assertThrows(IllegalArgumentException.class, () -> batches.of(0));
    }

    /** Guided by what was hit, which only comes out alike if batches do not depend on who was first. */
    @Test
    void aGuidedCampaignDoesNotDependOnTheNumberOfJobs() throws Exception {
        assertEquals(operations(1), operations(3));
    }

    private static long operations(int jobs) throws Exception {
        CampaignPlan plan = new CampaignPlan(
                1,
                Optional.empty(),
                OptionalLong.of(4L * Batches.SIZE),
                jobs,
                0,
                KnownDifferences.NONE,
                Optional.empty());
        Campaign campaign = new Campaign(plan, Quick::new, System::nanoTime, new Listening(), new RareTargets());
        return campaign.run().operations();
    }
}
