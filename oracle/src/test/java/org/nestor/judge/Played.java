package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import org.nestor.generators.play.Repertoire;
import org.nestor.generators.play.ScenarioPlayer;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Observation;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.oracle.Caching;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.oracle.ReportedCapabilities;
import org.nestor.oracle.Requests;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Profile;

/**
 * A generated scenario as the reference answered it.
 *
 * @param platform what it was played on
 * @param exchanges all of them, in order
 */
record Played(Platform platform, List<Exchange> exchanges) {

    /** A request and the reply to it. */
    record Exchange(Request request, Reply reply) {}

    static Played on(Profile profile, Caching caching, long seed) {
        EmbeddedReference reference = new ReferenceConfiguration(profile, caching, seed).create();
        Reply.Introduction hello = (Reply.Introduction) reference.send(new Request.Hello());
        Capabilities capabilities = ReportedCapabilities.of(hello);
        ScenarioPlayer player = new ScenarioPlayer(
                new Repertoire(capabilities), new ScenarioGenerator(capabilities, Weights.DEFAULT).generate(seed));
        List<Exchange> exchanges = new ArrayList<>();
        while (player.hasNext()) {
            Action action = player.next();
            Request request = Requests.of(action);
            Reply reply = reference.send(request);
            observe(player, action, reply);
            exchanges.add(new Exchange(request, reply));
        }
        return new Played(Platform.of(hello), exchanges);
    }

    private static void observe(ScenarioPlayer player, Action action, Reply reply) {
        if (action instanceof Action.Dma dma && reply instanceof Reply.Dma end && end.result() == DmaResult.STALL) {
            player.observe(new Observation.Stalled(dma.streamId(), end.stag().orElseThrow()));
        } else if (reply instanceof Reply.Value value) {
            player.observe(new Observation.Value(value.value()));
        }
    }
}
