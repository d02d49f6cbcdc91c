package org.nestor.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What several searches for a bug come to. */
class HuntedBugTests {

    @Test
    void medianSearchSaysHowLongItTook() {
        HuntedBug bug = Hunts.bug("D-01", Hunts.find(800, 3), Hunts.find(8, 4), Hunts.find(80, 7));
        assertTrue(bug.found());
        assertEquals(Optional.of(80L), bug.scenarios());
        assertEquals(Optional.of(10.0), bug.seconds());
        assertEquals(OptionalInt.of(7), bug.requests());
        assertEquals(1, bug.blamed());
        assertEquals(List.of("C-CMP-02"), bug.verdictRules());
        assertEquals(3, bug.shortest().orElseThrow().requests());
    }

    /** A search without a find counts as longer than any with one, however few scenarios it played. */
    @Test
    void bugThatMostSearchesFindIsFound() {
        HuntedBug bug = Hunts.bug("D-01", Hunts.miss(), Hunts.find(9000, 3), Hunts.find(8, 4));
        assertTrue(bug.found());
        assertEquals(Optional.of(9000L), bug.scenarios());
    }

    @Test
    void bugThatHalfOfTheSearchesFindHasEscaped() {
        HuntedBug bug = Hunts.bug("D-01", Hunts.find(9, 3), Hunts.miss());
        assertFalse(bug.found());
        assertEquals(1, bug.finds());
        assertEquals(Optional.empty(), bug.scenarios());
        assertEquals(List.of(bug), Hunts.of(bug).escaped());
    }

    @Test
    void bugThatNobodyLookedForIsNoResult() {
        assertThrows(IllegalArgumentException.class, () -> Hunts.bug("D-01"));
    }
}
