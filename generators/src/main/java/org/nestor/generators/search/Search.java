package org.nestor.generators.search;

import java.util.function.Predicate;
import org.nestor.generators.scenario.Scenario;

/** The smallest failing scenario so far, and what may still be tried. */
final class Search {
    private final Predicate<Scenario> stillFails;
    private Scenario best;
    private Size size;
    private int replays;
    private int improvements;

    Search(Scenario scenario, Predicate<Scenario> stillFails, int replays) {
        this.best = scenario;
        this.size = Size.of(scenario);
        this.stillFails = stillFails;
        this.replays = replays;
    }

    Scenario best() {
        return best;
    }

    /** How many times a smaller one was found. */
    int improvements() {
        return improvements;
    }

    boolean isOver() {
        return replays <= 0;
    }

    /** Replays a candidate that is strictly smaller, and keeps it if it fails. */
    boolean improves(Scenario candidate) {
        Size other = Size.of(candidate);
        if (isOver() || other.compareTo(size) >= 0) {
            return false;
        }
        replays--;
        if (!stillFails.test(candidate)) {
            return false;
        }
        improvements++;
        best = candidate;
        size = other;
        return true;
    }
}
