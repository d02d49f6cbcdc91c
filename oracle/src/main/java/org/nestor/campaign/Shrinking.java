package org.nestor.campaign;

import java.util.List;
import java.util.function.Predicate;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.search.DeltaDebugging;
import org.nestor.protocol.Request;

/** Makes a failing scenario small: first its steps and set-up, then the requests that they became. */
final class Shrinking {
    private final Stage stage;
    private final int replayCap;
    private final Predicate<Played> counts;

    /**
     * Shrinks on a stage.
     *
     * @param replayCap how many replays each of the two parts may take
     */
    Shrinking(Stage stage, int replayCap) {
        this(stage, replayCap, any -> true);
    }

    /** The same, where a smaller play must be one that counts. */
    Shrinking(Stage stage, int replayCap, Predicate<Played> counts) {
        this.stage = stage;
        this.replayCap = replayCap;
        this.counts = counts;
    }

    private boolean shows(Played played, Cause cause) {
        return played.failsBy(cause) && counts.test(played);
    }

    /** The smallest play found that fails by this cause; {@code failed} itself if nothing smaller does. */
    Played shrink(Scenario scenario, Played failed, Cause cause) {
        Scenario smaller =
                new DeltaDebugging().shrink(scenario, candidate -> shows(stage.play(candidate), cause), replayCap);
        Played base = stage.play(smaller);
        if (!shows(base, cause)) {
            return failed;
        }
        List<Request.Architectural> requests = Reduction.of(
                base.requests(),
                base.setup(),
                candidate -> shows(stage.replay(candidate, base.setup()), cause),
                replayCap);
        Played smallest = stage.replay(requests, base.setup());
        return shows(smallest, cause) ? smallest : base;
    }
}
