package org.nestor.reports;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Optional;

/**
 * A search for a bug.
 *
 * @param seed its seed
 * @param scenarios how many scenarios were played, the one that found it included
 * @param seconds how long that took
 * @param falseAlarms scenarios that diverged and would have done so without the bug
 * @param sighting how the bug showed, if it did
 */
public record HuntAttempt(
        @JsonSerialize(using = Hex.Writer.class) @JsonDeserialize(using = Hex.Reader.class)
        long seed,

        long scenarios,
        double seconds,
        long falseAlarms,
        Optional<HuntSighting> sighting) {

    public HuntAttempt {
        Checks.count("scenarios", scenarios);
        Checks.count("falseAlarms", falseAlarms);
        Checks.require(Double.isFinite(seconds) && seconds >= 0, "seconds: expected a time of 0 or more");
    }
}
