package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.nestor.bugs.SeededBugs;
import org.nestor.protocol.Line;
import org.nestor.spec.AlloyModule;

/**
 * One trace of smmu/invalidation for each coverage goal, as scenarios of the protocol. Under every policy of the reference's caches each DMA
 * ends as the module allows, and the judge, which knows nothing of the module, agrees.
 */
@TestInstance(Lifecycle.PER_CLASS)
class GoalScenarioTests {
    private static final int SEEDS = 3;

    /** Seeds after which chance has shown what it can. */
    private static final int CHANCES = 100;

    private final Map<CoverageGoal, List<Line>> scenarios = new LinkedHashMap<>();
    private final List<CoverageGoal> excluded = new ArrayList<>();

    @BeforeAll
    void solveEachGoal() {
        AlloyModule module = AlloyModule.load("smmu/invalidation");
        CoverageGoal.all()
                .forEach(goal -> goal.trace(module)
                        .ifPresentOrElse(
                                trace -> scenarios.put(goal, TraceScenario.of(goal.toString(), trace)),
                                () -> excluded.add(goal)));
        System.out.printf(
                "smmu/invalidation: %d goals reached, %d excluded by the module%n", scenarios.size(), excluded.size());
    }

    /** Commands leave the old value or not, and for some that depends on whether it was global. */
    @Test
    void everySequenceOfCommandsHasATrace() {
        assertTrue(scenarios.size() > 140, () -> scenarios.size() + " scenarios");
        for (CoverageGoal goal : excluded) {
            CoverageGoal opposite = new CoverageGoal(goal.word(), goal.commands(), !goal.stale());
            assertTrue(scenarios.containsKey(opposite), goal::toString);
        }
    }

    @Test
    void referenceDoesWhatTheModuleAndTheJudgeAllow() {
        scenarios.forEach((goal, scenario) -> Policies.assertAllowed(goal.toString(), scenario, SEEDS));
    }

    /** An old value that may remain does remain somewhere: the module is no stricter than the reference, and not much looser. */
    @Test
    void staleValueIsSeenUnderSomePolicy() {
        List<CoverageGoal> unseen = scenarios.keySet().stream()
                .filter(CoverageGoal::stale)
                .filter(goal -> !Policies.severalEnds(scenarios.get(goal), CHANCES))
                .toList();
        assertEquals(List.of(), unseen);
    }

    @Test
    void cacheThatKeepsTooMuchIsFound() {
        Policies.assertFound(SeededBugs.find("D-19").orElseThrow(), scenarios.values());
    }
}
