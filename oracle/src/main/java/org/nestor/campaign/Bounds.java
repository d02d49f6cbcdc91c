package org.nestor.campaign;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a search that has found nothing ends.
 *
 * @param time after which it begins no further scenario
 * @param scenarios after which it begins no further scenario
 * @param replayCap replays that each part of shrinking what it finds may take
 */
public record Bounds(Optional<Duration> time, OptionalLong scenarios, int replayCap) {

    public Bounds {
        if (time.isEmpty() && scenarios.isEmpty()) {
            throw new IllegalArgumentException("a search without an end");
        }
    }

    /** Whether the scenario of a number, from 0, may begin so many nanoseconds after the search did. */
    public boolean allow(long number, long nanos) {
        return scenarios.stream().allMatch(most -> number < most)
                && time.stream().allMatch(most -> nanos < most.toNanos());
    }
}
