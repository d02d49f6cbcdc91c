package org.nestor.properties.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.campaign.Bounds;
import org.nestor.hunt.Hunt;
import org.nestor.hunt.HuntPlan;
import org.nestor.reports.HuntResult;

/**
 * Campaigns that know of no bug find each of those that are found quickly. They end by the number of their scenarios, never by time, so
 * that the outcome is always the same.
 */
class QuickHuntTests {
    private static final List<Long> SEEDS = List.of(1L);
    private static final int JOBS = 2;

    /** Bugs that take more scenarios than a build has time for; {@code nestor bugs --hunt} finds them. */
    private static final Set<String> SLOW =
            Set.of("D-02", "D-11", "D-12", "D-14", "D-17", "D-22", "D-27", "D-31", "D-42", "D-47", "D-48");

    private static HuntResult hunt(Predicate<SeededBug> which, long scenarios) throws Exception {
        List<SeededBug> bugs = SeededBugs.all().stream()
                .filter(which)
                .filter(bug -> !SLOW.contains(bug.id()))
                .toList();
        Bounds bounds = new Bounds(Optional.empty(), OptionalLong.of(scenarios), 0);
        return new Hunt(new HuntPlan(bugs, SEEDS, bounds, JOBS, false)).run("", done -> {});
    }

    @Test
    void bugsOfAnSmmuAreFound() throws Exception {
        assertEquals(List.of(), hunt(SeededBug::isInSmmu, 1000).escaped());
    }

    @Test
    void bugsOfTheSoftwareAboveAreFound() throws Exception {
        assertEquals(List.of(), hunt(bug -> !bug.isInSmmu(), 300).escaped());
    }
}
