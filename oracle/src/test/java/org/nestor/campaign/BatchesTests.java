package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.rule.RuleId;

@Timeout(300)
class BatchesTests {
    private static final SortedMap<RuleId, Long> NONE = Collections.unmodifiableSortedMap(new TreeMap<>());
    private static final Weights OTHERS = Weights.DEFAULT.with(Motif.USE, 1).withSpecialSetups(0);

    private static Capabilities capabilities() throws UnfitException {
        try (Stage stage = new Stage(ReferenceConfiguration.DEFAULT::create, Judging.BY_THE_ARCHITECTURE, false)) {
            return stage.capabilities();
        }
    }

    private static void play(Batches batches, int scenarios) {
        for (int i = 0; i < scenarios; i++) {
            batches.played(NONE);
        }
    }

    @Test
    void theThirdBatchIsDrawnAsTheFirstSuggests() throws Exception {
        Batches batches = new Batches((last, hits) -> OTHERS, capabilities());
        long second = Batches.SIZE;
        long third = 2L * Batches.SIZE;
        ScenarioGenerator defaults = new ScenarioGenerator(capabilities(), Weights.DEFAULT);
        ScenarioGenerator others = new ScenarioGenerator(capabilities(), OTHERS);
        assertEquals(defaults.generate(7), batches.generator(0).generate(7));
        assertEquals(defaults.generate(7), batches.generator(second).generate(7));
        play(batches, Batches.SIZE);
        assertEquals(defaults.generate(7), batches.generator(second).generate(7));
        assertEquals(others.generate(7), batches.generator(third).generate(7));
        assertNotEquals(defaults.generate(7), others.generate(7));
    }

    @Test
    void aBatchWaitsForTheOneBeforeItsPredecessor() throws Exception {
        Batches batches = new Batches(Guidance.NONE, capabilities());
        Thread waiting = new Thread(() -> {
            try {
                batches.generator(2L * Batches.SIZE);
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
        batches.played(NONE);
        waiting.join();
    }

    @Test
    void aBatchThatIsOverCannotBeHadAgain() throws Exception {
        Batches batches = new Batches(Guidance.NONE, capabilities());
        play(batches, Batches.SIZE);
        assertThrows(IllegalArgumentException.class, () -> batches.generator(0));
    }

    /** Guided by what was hit, which only comes out alike if batches do not depend on who was first. */
    @Test
    void aGuidedCampaignDoesNotDependOnTheNumberOfJobs() throws Exception {
        assertEquals(operations(1), operations(3));
    }

    private static long operations(int jobs) throws Exception {
        Guidance guidance = (last, hits) -> last.withSpecialSetups(
                (int) (hits.values().stream().mapToLong(hit -> hit).sum() % 101));
        CampaignPlan plan = new CampaignPlan(
                1,
                Optional.empty(),
                OptionalLong.of(4L * Batches.SIZE),
                jobs,
                guidance,
                0,
                KnownDifferences.NONE,
                Optional.empty());
        Campaign campaign = new Campaign(plan, Quick::new, System::nanoTime, new Listening());
        return campaign.run().operations();
    }
}
