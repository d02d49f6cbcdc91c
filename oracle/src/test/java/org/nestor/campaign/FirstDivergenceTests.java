package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBugs;
import org.nestor.judge.Verdict;
import org.nestor.oracle.ReferenceConfiguration;

/** The search for a fault ends where the fault is met, and nowhere else. */
class FirstDivergenceTests {
    private static final Judging UNFAIR = (platform, rules) ->
            (request, reply) -> new Verdict.Diverges(Set.of(), "anything", "", List.of(), List.of());
    private static final int FEW = 20;

    private static Bounds scenarios(long most) {
        return new Bounds(Optional.empty(), OptionalLong.of(most), 100);
    }

    private static ReferenceConfiguration faulty(String bug) {
        return ReferenceConfiguration.DEFAULT.with(SeededBugs.find(bug).orElseThrow());
    }

    private static FirstDivergence search(ReferenceConfiguration suspect, Judging judging) {
        return new FirstDivergence(
                suspect::create, ReferenceConfiguration.DEFAULT::create, scenarios(FEW), () -> 0, judging);
    }

    @Test
    void faultIsMetAndItsCaseMadeSmall() throws Exception {
        Encounter met = search(faulty("D-08"), Judging.BY_THE_ARCHITECTURE).seek(1);
        Encounter.Case found = met.found().orElseThrow();
        assertTrue(met.scenarios() <= FEW, met.toString());
        assertTrue(found.requests() >= 1 && found.requests() <= 6, found.toString());
        assertEquals(found.requests() + 1, found.steps().size());
        assertFalse(found.rules().isEmpty());
    }

    @Test
    void searchRepeats() throws Exception {
        assertEquals(
                search(faulty("D-08"), Judging.BY_THE_ARCHITECTURE).seek(3),
                search(faulty("D-08"), Judging.BY_THE_ARCHITECTURE).seek(3));
    }

    @Test
    void whatDivergesWithoutTheFaultTooIsAFalseAlarm() throws Exception {
        Encounter met =
                new FirstDivergence(faulty("D-08")::create, faulty("D-08")::create, scenarios(FEW), () -> 0).seek(1);
        assertEquals(Optional.empty(), met.found());
        assertTrue(met.falseAlarms() > 0, met.toString());
        assertEquals(FEW, met.scenarios());
    }

    @Test
    void judgeThatCallsEverythingWrongFindsNothing() throws Exception {
        assertEquals(
                new Encounter(FEW, 0, FEW, Optional.empty()),
                search(faulty("D-08"), UNFAIR).seek(1));
    }

    @Test
    void searchThatFindsNothingEndsWhenItsTimeIsUp() {
        Bounds bounds = new Bounds(Optional.of(Duration.ofSeconds(1)), OptionalLong.empty(), 0);
        assertTrue(bounds.allow(Long.MAX_VALUE, 999_999_999L));
        assertFalse(bounds.allow(0, 1_000_000_000L));
        assertTrue(scenarios(2).allow(1, Long.MAX_VALUE));
        assertFalse(scenarios(2).allow(2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Bounds(Optional.empty(), OptionalLong.empty(), 0));
    }
}
