package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.RegisterStep;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.ScenarioGenerator.Drawn;
import org.nestor.generators.search.Weights;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.rule.RuleId;

class RareTargetsTests {
    private static final int SCENARIOS = 400;
    private static final Target RARE = new Target.Decision(RuleId.of("A-STL-01"));
    private static final Guidance GUIDANCE = new RareTargets();
    private static final Drawn EXAMPLE = Drawings.of(70, Motif.STALL);

    private static Capabilities capabilities() throws UnfitException {
        try (Stage stage = new Stage(ReferenceConfiguration.DEFAULT::create, Judging.BY_THE_ARCHITECTURE, false)) {
            return stage.capabilities();
        }
    }

    private static Coverage covered() {
        Coverage coverage = new Coverage();
        coverage.count(EXAMPLE, Set.of(RARE));
        return coverage;
    }

    /** Scenarios that nothing but a variation of {@link #EXAMPLE} is like: most steps wait. */
    private static boolean isVariation(Drawn drawn) {
        long waiting = drawn.scenario().steps().stream()
                .filter(RegisterStep.Await.class::isInstance)
                .count();
        return 2 * waiting > drawn.scenario().steps().size();
    }

    @Test
    void everyOtherBatchIsDrawnAsEver() throws Exception {
        ScenarioGenerator plain = new ScenarioGenerator(capabilities(), Weights.DEFAULT);
        for (long number = 0; number < 6; number += 2) {
            Batch batch = GUIDANCE.batch(number, capabilities(), covered());
            for (long seed = 0; seed < 50; seed++) {
                assertEquals(plain.draw(seed), batch.draw(seed));
            }
        }
    }

    @Test
    void whereNothingWasReachedABatchIsDrawnAsEver() throws Exception {
        ScenarioGenerator plain = new ScenarioGenerator(capabilities(), Weights.DEFAULT);
        assertEquals(
                plain.draw(7), GUIDANCE.batch(1, capabilities(), new Coverage()).draw(7));
    }

    @Test
    void threeQuartersOfTheOthersAreVariationsOfExamples() throws Exception {
        Batch batch = GUIDANCE.batch(1, capabilities(), covered());
        long variations = LongStream.range(0, SCENARIOS)
                .filter(seed -> isVariation(batch.draw(seed)))
                .count();
        assertEquals(0.75 * SCENARIOS, (double) variations, 0.08 * SCENARIOS);
    }

    @Test
    void aBatchDrawsTheSameForASeedWhateverIsReachedMeanwhile() throws Exception {
        Coverage coverage = covered();
        Batch batch = GUIDANCE.batch(1, capabilities(), coverage);
        Map<Long, Drawn> first = new HashMap<>();
        LongStream.range(0, 50).forEach(seed -> first.put(seed, batch.draw(seed)));
        coverage.count(Drawings.of(1), Set.of(RARE));
        first.forEach((seed, drawn) -> assertEquals(drawn, batch.draw(seed)));
    }

    @Test
    void aMotifThatRareTargetsComeWithWeighsMore() {
        Coverage coverage = new Coverage();
        for (int i = 0; i < 1000; i++) {
            boolean rare = i < 9;
            coverage.count(
                    Drawings.of(1, i % 4 == 0 || rare ? Motif.STALL : Motif.SYNC), rare ? Set.of(RARE) : Set.of());
        }
        Weights weights = RareTargets.weights(coverage);
        assertTrue(weights.of(Motif.STALL) > 2 * Motif.STALL.defaultWeight(), weights.toString());
        assertTrue(weights.of(Motif.SYNC) < Motif.SYNC.defaultWeight(), weights.toString());
        assertEquals(Motif.ATS.defaultWeight(), weights.of(Motif.ATS));
    }

    /** The point of it all: with the same number of scenarios, the rarest targets are reached much oftener. */
    @Test
    void guidedCampaignsReachWhatIsRareOftener() throws Exception {
        assertTrue(rarelyReached(new RareTargets()) * 2 < rarelyReached(Guidance.NONE));
    }

    /** How many of the targets that were reached at all were reached fewer than five times. */
    private static long rarelyReached(Guidance guidance) throws Exception {
        Map<Target, Integer> counts = new HashMap<>();
        try (Stage stage = new Stage(ReferenceConfiguration.DEFAULT::create, Judging.BY_THE_ARCHITECTURE, true)) {
            Batches batches = new Batches(guidance, stage.capabilities());
            for (long number = 0; number < 12L * Batches.SIZE; number++) {
                Drawn drawn = batches.of(number).draw(Seeds.of(1, number));
                Played played = stage.play(drawn.scenario());
                played.reached().forEach(target -> counts.merge(target, 1, Integer::sum));
                batches.played(drawn, played.reached());
            }
        }
        return counts.values().stream().filter(count -> count < 5).count();
    }
}
