package org.nestor.reports;

import java.util.List;

/**
 * Searches where nothing is to be found.
 *
 * @param campaign which campaign
 * @param attempts one for each seed
 */
public record HuntControl(String campaign, List<HuntAttempt> attempts) {

    public HuntControl {
        attempts = List.copyOf(attempts);
    }

    /** Scenarios that were played. */
    public long scenarios() {
        return attempts.stream().mapToLong(HuntAttempt::scenarios).sum();
    }

    /** Scenarios that diverged, which none should. */
    public long falseAlarms() {
        return attempts.stream().mapToLong(HuntAttempt::falseAlarms).sum();
    }
}
