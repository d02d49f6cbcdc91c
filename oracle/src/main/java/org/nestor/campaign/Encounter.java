package org.nestor.campaign;

import java.util.List;
import java.util.Optional;

/**
 * How a search for a fault went.
 *
 * @param scenarios how many scenarios were played, the one that met the fault included
 * @param nanos how long that took
 * @param falseAlarms how many of them diverged where a sound implementation does so too
 * @param found the fault, if it was met
 */
public record Encounter(long scenarios, long nanos, long falseAlarms, Optional<Case> found) {

    /**
     * A fault as it was met.
     *
     * @param title the kind of mismatch
     * @param rules what the verdict rests on
     * @param areas the areas of rules that the verdict is about
     * @param requests how many requests beyond the set-up the shrunk case has
     * @param steps the shrunk case, a line each
     */
    public record Case(String title, List<String> rules, List<String> areas, int requests, List<String> steps) {

        public Case {
            rules = List.copyOf(rules);
            areas = List.copyOf(areas);
            steps = List.copyOf(steps);
        }
    }
}
