package org.nestor.campaign;

import java.util.List;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.search.DeltaDebugging;
import org.nestor.protocol.Request;

/** Makes a failing scenario small: first its steps and set-up, then the requests that they became. */
final class Shrinking {
    private final Stage stage;
    private final int replayCap;

    /**
     * Shrinks on a stage.
     *
     * @param replayCap how many replays each of the two parts may take
     */
    Shrinking(Stage stage, int replayCap) {
        this.stage = stage;
        this.replayCap = replayCap;
    }

    /** The smallest play found that fails by this cause; {@code failed} itself if nothing smaller does. */
    Played shrink(Scenario scenario, Played failed, Cause cause) {
        Scenario smaller = new DeltaDebugging()
                .shrink(scenario, candidate -> stage.play(candidate).failsBy(cause), replayCap);
        Played base = stage.play(smaller);
        if (!base.failsBy(cause)) {
            return failed;
        }
        List<Request.Architectural> requests = Reduction.of(
                base.requests(),
                base.setup(),
                candidate -> stage.replay(candidate, base.setup()).failsBy(cause),
                replayCap);
        Played smallest = stage.replay(requests, base.setup());
        return smallest.failsBy(cause) ? smallest : base;
    }
}
