package org.nestor.properties.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Step;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.ScenarioGenerator.Drawn;
import org.nestor.generators.search.ScenarioVariation;
import org.nestor.generators.search.Weights;
import org.nestor.protocol.Reply;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;

class VariationProperties {
    private static final int MOST_STEPS = 90;

    private final Map<Profile, ScenarioStage> stages = new EnumMap<>(Profile.class);

    private ScenarioStage stage(Profile profile) {
        return stages.computeIfAbsent(profile, one -> new ScenarioStage(one, RuleLog.NONE));
    }

    private ScenarioGenerator generator(Profile profile) {
        return new ScenarioGenerator(stage(profile).capabilities(), Weights.DEFAULT);
    }

    private Drawn vary(Profile profile, long seed) {
        ScenarioGenerator generator = generator(profile);
        return new ScenarioVariation(generator).vary(generator.draw(seed), generator.draw(seed + 1), seed);
    }

    @Property
    void aVariationPlaysWithoutObjection(@ForAll Profile profile, @ForAll long seed) {
        stage(profile).play(vary(profile, seed).scenario(), (action, reply) -> {
            assertFalse(reply instanceof Reply.Failure, () -> action + " -> " + reply);
        });
    }

    @Property
    void theSameSeedVariesInTheSameWay(@ForAll Profile profile, @ForAll long seed) {
        assertEquals(vary(profile, seed), vary(profile, seed));
    }

    /** So that what a scenario has reached, its variations mostly reach too. */
    @Property
    void mostOfAVariationIsAsItWas(@ForAll long seed) {
        Scenario parent = generator(Profile.FULL).draw(seed).scenario();
        Scenario varied = vary(Profile.FULL, seed).scenario();
        Set<Step> kept = new HashSet<>(parent.steps());
        kept.retainAll(new HashSet<>(varied.steps()));
        assertTrue(kept.size() >= new HashSet<>(parent.steps()).size() - 4 * 8, () -> kept + " of " + parent.steps());
    }

    /** Also when a variation is varied again and again. */
    @Property(tries = 50)
    void variationsDoNotGrowWithoutEnd(@ForAll long seed) {
        ScenarioGenerator generator = generator(Profile.FULL);
        ScenarioVariation variation = new ScenarioVariation(generator);
        Drawn drawn = generator.draw(seed);
        for (int i = 0; i < 100; i++) {
            Drawn next = variation.vary(drawn, drawn, seed + i);
            assertTrue(next.scenario().steps().size() <= MOST_STEPS);
            assertTrue(next.motifs().containsAll(drawn.motifs()));
            drawn = next;
        }
        assertNotEquals(generator.draw(seed).scenario(), drawn.scenario());
    }

    @Property(tries = 200)
    void stepsOfAnotherScenarioComeIn(@ForAll long seed) {
        ScenarioGenerator generator = generator(Profile.FULL);
        Drawn empty = new Drawn(generator.draw(seed).scenario().with(List.of()), Set.of());
        Drawn other = generator.draw(seed + 1);
        ScenarioVariation variation = new ScenarioVariation(generator);
        boolean lent = false;
        for (int i = 0; i < 30; i++) {
            lent |= other.scenario()
                            .steps()
                            .containsAll(
                                    variation.vary(empty, other, i).scenario().steps())
                    && !variation.vary(empty, other, i).scenario().steps().isEmpty();
        }
        assertTrue(lent);
    }
}
