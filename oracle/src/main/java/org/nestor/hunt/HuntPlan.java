package org.nestor.hunt;

import java.util.List;
import org.nestor.bugs.SeededBug;
import org.nestor.campaign.Bounds;

/**
 * What a hunt is to do.
 *
 * @param bugs the bugs to look for, each planted alone
 * @param seeds of the campaigns that look for each
 * @param bounds when a campaign ends that finds nothing
 * @param jobs campaigns that run at a time, each on one thread
 * @param control whether the same campaigns are run with no bug planted
 */
public record HuntPlan(List<SeededBug> bugs, List<Long> seeds, Bounds bounds, int jobs, boolean control) {

    public HuntPlan {
        bugs = List.copyOf(bugs);
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || jobs < 1) {
            throw new IllegalArgumentException("seeds and jobs: expected at least 1");
        }
    }
}
