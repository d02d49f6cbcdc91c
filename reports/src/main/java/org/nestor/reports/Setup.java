package org.nestor.reports;

import java.util.Optional;

/**
 * How a campaign was called.
 *
 * @param release the release of Nestor that ran it
 * @param command the command that repeats it
 * @param policy the cache policy of the embedded reference, if that was under test
 * @param jobs how many scenarios ran at a time
 */
public record Setup(String release, String command, Optional<String> policy, int jobs) {

    public Setup {
        Checks.require(jobs >= 1, "jobs: expected at least 1, found " + jobs);
    }
}
