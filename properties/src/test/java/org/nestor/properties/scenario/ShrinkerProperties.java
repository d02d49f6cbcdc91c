package org.nestor.properties.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.constraints.IntRange;
import org.nestor.generators.scenario.DeviceStep;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Setup.Stage1Plan;
import org.nestor.generators.scenario.Setup.StreamPlan;
import org.nestor.generators.scenario.Step;
import org.nestor.generators.scenario.TableStep;
import org.nestor.generators.search.DeltaDebugging;
import org.nestor.generators.search.ScenarioArbitrary;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Size;
import org.nestor.generators.search.Weights;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;

class ShrinkerProperties {
    private static final int ENOUGH = 100_000;

    private final ScenarioGenerator generator =
            new ScenarioGenerator(new ScenarioStage(Profile.FULL, RuleLog.NONE).capabilities(), Weights.DEFAULT);
    private final DeltaDebugging shrinker = new DeltaDebugging();

    /** A write to a slot that is odd, some time after something was unmapped. */
    private static boolean fails(Scenario scenario) {
        boolean unmapped = false;
        for (Step step : scenario.steps()) {
            unmapped |= step instanceof TableStep.Unmap;
            if (unmapped && step instanceof DeviceStep.Access access && access.slot() % 2 == 1 && access.write() == 1) {
                return true;
            }
        }
        return false;
    }

    private Scenario failing(long seed) {
        Scenario scenario = generator.generate(seed);
        Assume.that(fails(scenario));
        return scenario;
    }

    @Property
    void resultFailsAndIsAsSmallAsItCanBe(@ForAll long seed) {
        Scenario small = shrinker.shrink(failing(seed), ShrinkerProperties::fails, ENOUGH);
        assertTrue(fails(small));
        assertEquals(List.of(new TableStep.Unmap(0, 0, 0), new DeviceStep.Access(0, 1, 0, 1, 0, 0, 0)), small.steps());
        assertEquals(List.of(Stage1Plan.PLAIN), small.setup().stage1());
        assertEquals(List.of(), small.setup().stage2());
        assertEquals(List.of(new StreamPlan(0, 0, 0, 0)), small.setup().streams());
    }

    @Property
    void resultHasStepsOfTheScenarioInTheirOrder(@ForAll long seed, @ForAll @IntRange(max = 300) int cap) {
        Scenario scenario = failing(seed);
        Scenario small = shrinker.shrink(scenario, ShrinkerProperties::fails, cap);
        Iterator<Step> rest = scenario.steps().iterator();
        for (Step step : small.steps()) {
            assertTrue(isAmong(rest, step.getClass()), step::toString);
        }
    }

    private static boolean isAmong(Iterator<Step> rest, Class<?> kind) {
        while (rest.hasNext()) {
            if (rest.next().getClass().equals(kind)) {
                return true;
            }
        }
        return false;
    }

    @Property
    void noMoreReplaysThanTheCapAndEachSmallerThanTheSmallestFailure(
            @ForAll long seed, @ForAll @IntRange(max = 300) int cap) {
        AtomicInteger replays = new AtomicInteger();
        Scenario[] best = {failing(seed)};
        Predicate<Scenario> counting = candidate -> {
            replays.incrementAndGet();
            assertTrue(Size.of(candidate).compareTo(Size.of(best[0])) < 0);
            boolean fails = fails(candidate);
            best[0] = fails ? candidate : best[0];
            return fails;
        };
        Scenario small = shrinker.shrink(best[0], counting, cap);
        assertTrue(replays.get() <= cap, () -> replays + " replays");
        assertSame(best[0], small);
    }

    @Property
    void scenarioStaysWhereNothingSmallerFails(@ForAll long seed) {
        Scenario scenario = generator.generate(seed);
        assertSame(scenario, shrinker.shrink(scenario, candidate -> false, ENOUGH));
    }

    @Property
    void stepsOfAPairAreLeftOutTogether(@ForAll long seed) {
        Scenario scenario = generator.generate(seed);
        Predicate<Scenario> even =
                candidate -> candidate.steps().size() % 2 == scenario.steps().size() % 2;
        assertEquals(
                scenario.steps().size() % 2,
                shrinker.shrink(scenario, even, ENOUGH).steps().size());
    }

    @Property(tries = 20)
    void jqwikIsOfferedSmallerScenariosOnly(@ForAll long seed) {
        Shrinkable<Scenario> shrinkable =
                new ScenarioArbitrary(generator).generator(1000).next(new Random(seed));
        List<Shrinkable<Scenario>> candidates = shrinkable.shrink().toList();
        assertTrue(candidates.size() > shrinkable.value().steps().size());
        for (Shrinkable<Scenario> candidate : candidates) {
            assertTrue(candidate.distance().compareTo(shrinkable.distance()) < 0);
        }
    }
}
