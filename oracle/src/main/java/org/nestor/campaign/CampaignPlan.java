package org.nestor.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a campaign is to do.
 *
 * @param seed what all scenarios follow from
 * @param time after which no further scenario begins
 * @param scenarios after which no further scenario begins
 * @param jobs scenarios that are played at a time, each on an implementation of its own
 * @param replayCap replays that each half of shrinking may take
 * @param known the divergences that are declared
 * @param report the folder for findings and results
 */
public record CampaignPlan(
        long seed,
        Optional<Duration> time,
        OptionalLong scenarios,
        int jobs,
        int replayCap,
        KnownDifferences known,
        Optional<Path> report) {

    public CampaignPlan {
        if (time.isEmpty() && scenarios.isEmpty()) {
            throw new IllegalArgumentException("a campaign without an end");
        }
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs: expected at least 1, found " + jobs);
        }
    }
}
