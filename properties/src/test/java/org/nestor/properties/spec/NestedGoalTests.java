package org.nestor.properties.spec;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.nestor.protocol.Line;
import org.nestor.spec.AlloyModule;

/**
 * One trace of smmu/nested for each coverage goal, as scenarios of the protocol. Under every policy of the reference's caches the last DMA
 * reaches a page to which some trace leads it, and the judge, which knows nothing of the module, agrees.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NestedGoalTests {
    private static final int SEEDS = 5;

    /** Seeds after which chance has shown what it can. */
    private static final int CHANCES = 100;

    private final Map<NestedGoal, List<Line>> scenarios = new LinkedHashMap<>();
    private final Set<NestedGoal> reached = new HashSet<>();
    private final Set<NestedGoal> excluded = new HashSet<>();

    /** A scenario is made of the trace that reaches the page of now. */
    @BeforeAll
    void solveEachGoal() {
        AlloyModule module = AlloyModule.load("smmu/nested");
        NestedGoal.all().filter(NestedGoal::stale).forEach(goal -> {
            Optional<TraceReader> stale = goal.trace(module);
            (stale.isPresent() ? reached : excluded).add(goal);
            goal.opposite().trace(module).ifPresent(trace -> {
                reached.add(goal.opposite());
                scenarios.put(goal, NestedScenario.of(goal.toString(), trace, pages(trace, stale.isPresent())));
            });
        });
        System.out.printf(
                "smmu/nested: %d goals reached, %d excluded by the module%n", reached.size(), excluded.size());
    }

    /** The page at the end, and the one that was mapped first. */
    private static Set<String> pages(TraceReader trace, boolean stale) {
        Set<String> pages = new HashSet<>(trace.ask("Now.page", trace.length() - 1));
        if (stale) {
            pages.addAll(trace.ask("Now.page", 0));
        }
        return pages;
    }

    @Test
    void everySequenceOfCommandsHasATrace() {
        assertEquals(
                NestedGoal.all().map(NestedGoal::commands).collect(toSet()),
                scenarios.keySet().stream().map(NestedGoal::commands).collect(toSet()));
        assertTrue(excluded.stream().allMatch(NestedGoal::stale));
    }

    /** What leaves no old page: S12_VMALL, or S2_IPA before NH_ALL with a CMD_SYNC after each; of stage 1, NH_ALL as well. */
    @Test
    void onlyCompleteSequencesExcludeTheFormerPage() {
        Set<NestedGoal> complete = NestedGoal.all()
                .filter(NestedGoal::stale)
                .filter(NestedGoalTests::isComplete)
                .collect(toSet());
        assertEquals(complete, excluded);
    }

    private static boolean isComplete(NestedGoal goal) {
        List<String> commands = goal.commands();
        boolean synchronised = commands.contains("Sync");
        return goal.change() == NestedGoal.Change.STAGE_1
                ? synchronised && (commands.contains("NhAll") || commands.contains("Vmall"))
                : synchronised && commands.contains("Vmall")
                        || commands.equals(List.of("Ipa2", "Sync", "NhAll", "Sync"));
    }

    @Test
    void referenceDoesWhatTheModuleAndTheJudgeAllow() {
        scenarios.forEach((goal, scenario) -> Policies.assertAllowed(goal.toString(), scenario, SEEDS));
    }

    /** A former page that may still be reached is reached somewhere. */
    @Test
    void formerPageIsReachedUnderSomePolicy() {
        List<NestedGoal> unseen = scenarios.keySet().stream()
                .filter(reached::contains)
                .filter(goal -> !Policies.severalEnds(scenarios.get(goal), CHANCES))
                .toList();
        assertEquals(List.of(), unseen);
    }

    @Test
    void cacheThatKeepsTooMuchIsFound() {
        Policies.assertFound(CombinedStay.planted(), scenarios.values());
    }
}
