package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nestor.properties.spec.GoalTrace.State;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.Run;

/**
 * The traces that Alloy finds for what goes wrong without a command, as scenarios for the reference. Under every policy, a DMA shows only
 * what the interval rule allows at that point; and under one of them it shows the old value, so that the trap is no matter of theory.
 */
class GoalTraceTests {
    private static final int SEEDS = 40;
    private static final String OLD = WatchedTables.VALUES.get(0);

    private final WatchedCommands commands = new WatchedCommands();

    @TestFactory
    Stream<DynamicTest> referenceFollowsTheTrace() {
        return AlloyModule.load("smmu/invalidation").commands().stream()
                .filter(command -> !command.check() && !command.label().equals("vmallLeavesMovedCd"))
                .map(command -> DynamicTest.dynamicTest(command.label(), () -> follow(command)));
    }

    private void follow(AlloyCommand command) {
        Run run = command.run();
        assertTrue(run.verdict().found());
        GoalTrace trace = new GoalTrace(run);
        List<State> states = trace.states();
        Set<String> shown = new HashSet<>();
        for (CachePolicy policy : policies()) {
            shown.addAll(follow(trace, states, policy));
        }
        Set<String> allowed = states.get(states.size() - 1).allowed();
        assertTrue(allowed.contains(OLD), "the trap is one");
        assertEquals(allowed, shown);
    }

    /** What DMAs at the end show. */
    private Set<String> follow(GoalTrace trace, List<State> states, CachePolicy policy) {
        InvalidationRules rules = new InvalidationRules(new CoveredRange());
        WatchedWorld world = new WatchedWorld(trace.word(), trace.global(), policy, rules);
        Set<String> shown = new HashSet<>();
        for (int i = 0; i < states.size(); i++) {
            State state = states.get(i);
            shown.clear();
            shown.add(world.read());
            assertTrue(
                    state.allowed().containsAll(shown), () -> shown + " is shown, and allowed is " + state.allowed());
            if (i < states.size() - 1) {
                perform(state, world);
            }
        }
        return shown;
    }

    private void perform(State state, WatchedWorld world) {
        switch (state.operation()) {
            case "Write" -> world.write(WatchedTables.VALUES.indexOf(state.value()));
            case "Publish" -> world.publish(commands.first(state.opcode()));
            case "Synchronise" -> world.synchronise();
            default -> {}
        }
    }

    private static List<CachePolicy> policies() {
        List<CachePolicy> policies =
                new ArrayList<>(List.of(CachePolicies.never(), CachePolicies.infinite(), CachePolicies.lru(2)));
        IntStream.range(0, SEEDS).forEach(seed -> {
            policies.add(CachePolicies.random(seed));
            policies.add(CachePolicies.prefetching(seed));
        });
        return policies;
    }
}
