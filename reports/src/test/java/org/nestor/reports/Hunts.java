package org.nestor.reports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Results of hunts to render and to write. */
public final class Hunts {
    private Hunts() {}

    /** A search that found its bug after so many scenarios, by a case of so many requests. */
    public static HuntAttempt find(long scenarios, int requests) {
        HuntSighting sighting = new HuntSighting(
                "dma ends with ok where abort is due",
                List.of("C-CMP-02"),
                requests % 2 == 0,
                requests,
                List.of("software writes CR0", "device stream 0x1 reads 4 bytes at 0x2000"));
        return new HuntAttempt(-1, scenarios, scenarios / 8.0, 0, Optional.of(sighting));
    }

    /** A search that found nothing in 5,000 scenarios. */
    public static HuntAttempt miss() {
        return new HuntAttempt(2, 5000, 60, 1, Optional.empty());
    }

    /** A bug with those searches. */
    public static HuntedBug bug(String id, HuntAttempt... attempts) {
        return new HuntedBug(
                id, "CMD_SYNC does nothing.", "command queue", "hard", List.of("A-SYN-01"), List.of(attempts));
    }

    /** A hunt for those bugs, and one false alarm in every search of the control. */
    public static HuntResult of(HuntedBug... bugs) {
        return new HuntResult(
                1,
                "./nestor bugs --hunt --time 60s --seeds 3",
                Instant.parse("2026-03-01T10:00:00Z"),
                600.5,
                2,
                Optional.of(60.0),
                Optional.empty(),
                List.of(bugs),
                List.of(new HuntControl("SMMU", List.of(miss(), miss())), new HuntControl("host", List.of())));
    }

    /** A hunt whose every text is this one. */
    public static HuntResult saying(String text) {
        HuntSighting sighting = new HuntSighting(text, List.of(text), true, 1, List.of(text));
        HuntAttempt attempt = new HuntAttempt(1, 1, 1, 0, Optional.of(sighting));
        return new HuntResult(
                1,
                text,
                Instant.parse("2026-03-01T10:00:00Z"),
                1,
                1,
                Optional.empty(),
                Optional.of(9L),
                Stream.of(text)
                        .map(id -> new HuntedBug(id, text, text, text, List.of(text), List.of(attempt)))
                        .toList(),
                List.of(new HuntControl(text, List.of(attempt))));
    }
}
