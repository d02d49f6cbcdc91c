package org.nestor.properties.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.nestor.generators.play.Repertoire;
import org.nestor.generators.play.ScenarioPlayer;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Observation;
import org.nestor.generators.scenario.Scenario;
import org.nestor.oracle.Caching;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.oracle.ReportedCapabilities;
import org.nestor.oracle.Requests;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;

/** An embedded reference on which scenarios are played. */
final class ScenarioStage {
    private final EmbeddedReference reference;
    private final Capabilities capabilities;
    private final Repertoire repertoire;

    ScenarioStage(Profile profile, RuleLog rules) {
        this.reference = new ReferenceConfiguration(profile, Caching.INFINITE, 0).create(rules);
        this.capabilities = ReportedCapabilities.of((Reply.Introduction) reference.send(new Request.Hello()));
        this.repertoire = new Repertoire(capabilities);
    }

    Capabilities capabilities() {
        return capabilities;
    }

    Repertoire repertoire() {
        return repertoire;
    }

    /** Plays a scenario and gives its actions. */
    List<Action> play(Scenario scenario) {
        List<Action> actions = new ArrayList<>();
        play(scenario, (action, reply) -> actions.add(action));
        return actions;
    }

    /** Plays a scenario and shows each action with the reply to it. */
    void play(Scenario scenario, BiConsumer<Action, Reply> witness) {
        ScenarioPlayer player = new ScenarioPlayer(repertoire, scenario);
        while (player.hasNext()) {
            Action action = player.next();
            Reply reply = reference.send(Requests.of(action));
            if (action instanceof Action.Dma dma
                    && reply instanceof Reply.Dma result
                    && result.result() == DmaResult.STALL) {
                player.observe(
                        new Observation.Stalled(dma.streamId(), result.stag().orElseThrow()));
            } else if (reply instanceof Reply.Value value) {
                player.observe(new Observation.Value(value.value()));
            }
            witness.accept(action, reply);
        }
    }
}
