package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

/** How fast claims are evaluated. */
final class Rate {
    /**
     * Kodkod's evaluator does some hundreds of bare predicates. The closures do well over 5,000 states with all their claims on an idle
     * machine; this is for one that has other things to do as well.
     */
    static final long SLOWEST = 1_000;

    private static final int WARM = 10;
    private static final long ENOUGH = 500_000_000;

    private Rate() {}

    /** States, each with all that is claimed of it and of the step that leads on, in a second. */
    static long of(SpecClaims claims, List<PairedStep> steps) {
        for (int round = 0; round < WARM; round++) {
            evaluate(claims, steps);
        }
        long states = 0;
        long begin = System.nanoTime();
        long elapsed = 0;
        while (elapsed < ENOUGH) {
            evaluate(claims, steps);
            states += steps.size();
            elapsed = System.nanoTime() - begin;
        }
        return Math.round(states / (elapsed / 1e9));
    }

    /** In states for which nothing has been worked out. */
    private static void evaluate(SpecClaims claims, List<PairedStep> steps) {
        List<PairedStep> afresh = steps.stream().map(PairedStep::afresh).toList();
        assertEquals(Optional.empty(), claims.firstBroken(afresh));
    }
}
