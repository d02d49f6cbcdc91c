package org.nestor.reports;

/**
 * A reason for which replies could not be judged.
 *
 * @param reason the reason
 * @param count how many replies it concerned
 */
public record Undecided(String reason, long count) {

    public Undecided {
        Checks.count("count", count);
    }
}
