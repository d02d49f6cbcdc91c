package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.STALL;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.stall.RequestsInOverflow;
import org.nestor.bugs.stall.StallDisabledAnyway;
import org.nestor.bugs.stall.StallLeftOff;

/** Stalls and page requests. */
final class StallBugs {

    private StallBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-47",
                        STALL,
                        MEDIUM,
                        "With the model that forces stalls, an STE with stage 2 and S2S = 0 is accepted.",
                        "Hypervisors: what the architecture promises to stall is terminated.",
                        ReplacedTranslation.steLegality(StallLeftOff::new),
                        "A-STE-30"),
                SeededBug.of(
                        "D-48",
                        STALL,
                        MEDIUM,
                        "Page requests are queued while an overflow of the PRI queue is not acknowledged.",
                        "Drivers: requests and automatic answers get out of step.",
                        ReplacedPart.priQueue(RequestsInOverflow::new),
                        "A-PRI-07"),
                SeededBug.of(
                        "D-49",
                        STALL,
                        MEDIUM,
                        "STE.S1STALLD = 1 is accepted whatever IDR0.STALL_MODEL says.",
                        "Drivers: an STE that other SMMUs refuse goes unnoticed.",
                        ReplacedTranslation.steLegality(StallDisabledAnyway::new),
                        "A-STE-11"));
    }
}
