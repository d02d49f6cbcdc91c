package org.nestor.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.nestor.protocol.Request;

/** Leaves out requests, each by itself and in chunks, as long as the case stays one: delta debugging where operands are fixed. */
final class Reduction {
    private final Predicate<List<Request.Architectural>> stillFails;
    private final int setup;
    private int replaysLeft;
    private List<Request.Architectural> best;

    /**
     * Begins with a case that fails.
     *
     * @param setup how many requests at the beginning stay
     * @param replayCap how often {@code stillFails} may be asked
     */
    private Reduction(
            List<Request.Architectural> requests,
            int setup,
            Predicate<List<Request.Architectural>> stillFails,
            int replayCap) {
        this.best = requests;
        this.setup = setup;
        this.stillFails = stillFails;
        this.replaysLeft = replayCap;
    }

    /** The smallest case found; the arguments are those of the constructor. */
    static List<Request.Architectural> of(
            List<Request.Architectural> requests,
            int setup,
            Predicate<List<Request.Architectural>> stillFails,
            int replayCap) {
        Reduction reduction = new Reduction(requests, setup, stillFails, replayCap);
        boolean smaller = true;
        while (smaller && reduction.replaysLeft > 0) {
            smaller = reduction.round();
        }
        return reduction.best;
    }

    /** From the end, since what comes after what matters goes most easily. */
    private boolean round() {
        int before = best.size();
        for (int chunk = Integer.highestOneBit(Math.max(1, best.size() - setup)); chunk >= 1; chunk /= 2) {
            for (int at = best.size() - chunk; at >= setup && replaysLeft > 0; at -= chunk) {
                List<Request.Architectural> candidate = new ArrayList<>(best.subList(0, at));
                candidate.addAll(best.subList(Math.min(at + chunk, best.size()), best.size()));
                replaysLeft--;
                if (stillFails.test(candidate)) {
                    best = candidate;
                }
            }
        }
        return best.size() < before;
    }
}
