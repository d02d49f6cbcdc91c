package org.nestor.properties.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.generators.play.Repertoire;
import org.nestor.generators.play.ScenarioPlayer;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Capability;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Step;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.protocol.Reply;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.transaction.AtsKind;

class ScenarioProperties {
    private final Map<Profile, ScenarioStage> stages = new EnumMap<>(Profile.class);

    private ScenarioStage stage(Profile profile) {
        return stages.computeIfAbsent(profile, one -> new ScenarioStage(one, RuleLog.NONE));
    }

    private static Scenario scenario(Capabilities capabilities, long seed) {
        return new ScenarioGenerator(capabilities, Weights.DEFAULT).generate(seed);
    }

    @Property
    void everySubSequencePlaysWithoutObjection(@ForAll Profile profile, @ForAll long seed) {
        ScenarioStage stage = stage(profile);
        Scenario scenario = scenario(stage.capabilities(), seed);
        stage.play(scenario.with(some(scenario.steps(), seed)), (action, reply) -> {
            assertFalse(reply instanceof Reply.Failure, () -> action + " -> " + reply);
        });
    }

    private static List<Step> some(List<Step> steps, long seed) {
        Random random = new Random(seed);
        List<Step> some = new ArrayList<>(steps);
        some.removeIf(step -> random.nextInt(3) == 0);
        return some;
    }

    @Property
    void everyOtherValueOfOperandsPlaysWithoutObjection(@ForAll Profile profile, @ForAll long seed) {
        ScenarioStage stage = stage(profile);
        Scenario scenario = scenario(stage.capabilities(), seed);
        Random random = new Random(seed);
        List<Step> steps = scenario.steps().stream()
                .map(step -> step.with(random.ints(step.operands().length, 0, Integer.MAX_VALUE)
                        .toArray()))
                .toList();
        stage.play(scenario.with(steps), (action, reply) -> {
            assertFalse(reply instanceof Reply.Failure, () -> action + " -> " + reply);
        });
    }

    @Property
    void sameScenarioIsPlayedByTheSameActions(@ForAll Profile profile, @ForAll long seed) {
        Scenario scenario = scenario(stage(profile).capabilities(), seed);
        assertEquals(stage(profile).play(scenario), new ScenarioStage(profile, RuleLog.NONE).play(scenario));
    }

    @Property
    void sameSeedDrawsTheSameScenario(@ForAll Profile profile, @ForAll long seed) {
        Capabilities capabilities = stage(profile).capabilities();
        assertEquals(scenario(capabilities, seed), scenario(capabilities, seed));
    }

    @Property
    void aScenarioHasAtLeastFiveStepsAndAboutSixtyAtMost(@ForAll long seed) {
        int steps = scenario(stage(Profile.FULL).capabilities(), seed).steps().size();
        assertTrue(steps >= 5 && steps < 80, () -> steps + " steps");
    }

    @Property
    void devicesDoWhatTheyCanAndNoMore(@ForAll long seed) {
        Capabilities full = stage(Profile.FULL).capabilities();
        Capabilities few =
                new Capabilities(full.ids(), full.memory(), full.streamIds(), EnumSet.noneOf(Capability.class), 4);
        for (Action action : ScenarioPlayer.actions(new Repertoire(few), scenario(few, seed))) {
            assertFalse(action instanceof Action.PageRequest || action instanceof Action.Irqs, action::toString);
            if (action instanceof Action.Dma dma) {
                assertEquals(4, dma.length());
                assertEquals(AtsKind.UNTRANSLATED, dma.ats());
                assertTrue(dma.substreamId().isEmpty() && !dma.privileged() && !dma.instruction(), dma::toString);
                assertTrue(dma.data().isEmpty() && !dma.probe().isEmpty(), dma::toString);
                assertTrue(few.streamIds().contains(dma.streamId()), dma::toString);
            }
        }
    }

    @Property
    void dmaWithStatusLooksAtNoAddresses(@ForAll Profile profile, @ForAll long seed) {
        Capabilities capabilities = stage(profile).capabilities();
        for (Action action : stage(profile).play(scenario(capabilities, seed))) {
            if (action instanceof Action.Dma dma) {
                assertTrue(dma.probe().isEmpty());
                assertTrue(
                        capabilities.ids().ssidSize() > 0 || dma.substreamId().isEmpty());
                assertTrue(capabilities.ids().ats() || dma.ats() == AtsKind.UNTRANSLATED);
            }
        }
    }

    @Property
    void nothingButDmaWritesWhatDmaIsJudgedBy(@ForAll long seed) {
        Capabilities full = stage(Profile.FULL).capabilities();
        Capabilities silent =
                new Capabilities(full.ids(), full.memory(), full.streamIds(), EnumSet.noneOf(Capability.class), 4);
        List<Action> actions = ScenarioPlayer.actions(new Repertoire(silent), scenario(silent, seed));
        List<Long> probed = actions.stream()
                .filter(Action.Dma.class::isInstance)
                .flatMap(action -> ((Action.Dma) action).probe().stream())
                .distinct()
                .toList();
        int first = actions.indexOf(actions.stream()
                .filter(Action.Dma.class::isInstance)
                .findFirst()
                .orElse(new Action.Events()));
        for (Action action : actions.subList(Math.max(first, 0), actions.size())) {
            if (action instanceof Action.MemWrite write) {
                assertTrue(
                        probed.stream()
                                .noneMatch(address -> address >= write.address()
                                        && address
                                                < write.address() + write.data().length()),
                        write::toString);
            }
        }
    }
}
