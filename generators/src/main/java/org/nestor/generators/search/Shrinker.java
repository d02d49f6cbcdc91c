package org.nestor.generators.search;

import java.util.function.Predicate;
import org.nestor.generators.scenario.Scenario;

/**
 * Makes a scenario that shows something small, by delta debugging: leaves out chunks of steps and single steps, makes steps plainer,
 * and makes the set-up plainer.
 */
public interface Shrinker {

    /**
     * A smaller scenario that still fails. Every candidate is strictly smaller than the smallest that failed so far, by {@link Size},
     * so that the search ends by itself; the cap bounds it where replays are dear.
     *
     * @param scenario one that fails
     * @param stillFails replays a candidate; a pure function
     * @param replayCap how many candidates may be replayed at most
     * @return the smallest that was seen to fail; {@code scenario} itself if nothing smaller did
     */
    Scenario shrink(Scenario scenario, Predicate<Scenario> stillFails, int replayCap);
}
