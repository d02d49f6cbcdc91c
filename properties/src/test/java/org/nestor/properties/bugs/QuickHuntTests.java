package org.nestor.properties.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.campaign.Bounds;
import org.nestor.hunt.Hunt;
import org.nestor.hunt.HuntPlan;
import org.nestor.reports.HuntResult;

/**
 * Campaigns that know of no bug find each. They end when it is found, or by the number of their scenarios, never by time, so that the
 * outcome is always the same.
 */
class QuickHuntTests {
    private static final List<Long> SEEDS = List.of(1L);
    private static final int JOBS = 2;

    private static HuntResult hunt(Predicate<SeededBug> which, long scenarios) throws Exception {
        List<SeededBug> bugs = SeededBugs.all().stream().filter(which).toList();
        Bounds bounds = new Bounds(Optional.empty(), OptionalLong.of(scenarios), 0);
        return new Hunt(new HuntPlan(bugs, SEEDS, bounds, JOBS, false)).run("", done -> {});
    }

    @Test
    void bugsOfAnSmmuAreFound() throws Exception {
        assertEquals(List.of(), hunt(SeededBug::isInSmmu, 15_000).escaped());
    }

    @Test
    void bugsOfTheSoftwareAboveAreFound() throws Exception {
        assertEquals(List.of(), hunt(bug -> !bug.isInSmmu(), 300).escaped());
    }
}
