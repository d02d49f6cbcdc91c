package org.nestor.reports;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a hunt for seeded bugs, and the content of {@code hunt.json}.
 *
 * @param nestor version of the protocol, {@value CampaignResult#VERSION}
 * @param command the command that repeats it
 * @param started when it began
 * @param seconds how long it took
 * @param jobs searches at a time
 * @param secondsEach after which a search began no further scenario
 * @param scenariosEach after which it began no further scenario
 * @param bugs the bugs that were hunted
 * @param controls the same searches with no bug planted
 */
public record HuntResult(
        int nestor,
        String command,
        Instant started,
        double seconds,
        int jobs,
        Optional<Double> secondsEach,
        Optional<Long> scenariosEach,
        List<HuntedBug> bugs,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<HuntControl> controls) {

    public HuntResult {
        Checks.require(
                nestor == CampaignResult.VERSION,
                "nestor: expected version " + CampaignResult.VERSION + ", found " + nestor);
        Checks.require(Double.isFinite(seconds) && seconds >= 0, "seconds: expected a time of 0 or more");
        bugs = List.copyOf(bugs);
        controls = List.copyOf(controls);
    }

    /** The bugs that escaped. */
    public List<HuntedBug> escaped() {
        return bugs.stream().filter(bug -> !bug.found()).toList();
    }
}
