package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.List;
import org.nestor.generators.scenario.Step;

/** Leaves out chunks of steps, halving their length down to single steps, and at last pairs of steps apart from each other. */
final class StepReduction {
    private static final int PAIRS_UP_TO = 24;

    private StepReduction() {}

    static void run(Search search, boolean forward) {
        for (int chunk = search.best().steps().size(); chunk >= 1; chunk /= 2) {
            sweep(search, chunk, forward);
        }
        if (search.best().steps().size() <= PAIRS_UP_TO) {
            pairs(search);
        }
    }

    private static void sweep(Search search, int chunk, boolean forward) {
        if (forward) {
            int at = 0;
            while (at < search.best().steps().size() && !search.isOver()) {
                at += leavesOut(search, at, at + chunk) ? 0 : chunk;
            }
        } else {
            for (int at = search.best().steps().size() - chunk; at > -chunk && !search.isOver(); at -= chunk) {
                leavesOut(search, Math.max(at, 0), at + chunk);
            }
        }
    }

    private static boolean leavesOut(Search search, int from, int to) {
        return search.improves(search.best().with(without(search.best().steps(), from, to)));
    }

    private static List<Step> without(List<Step> steps, int from, int to) {
        List<Step> rest = new ArrayList<>(steps.subList(0, from));
        rest.addAll(steps.subList(Math.min(to, steps.size()), steps.size()));
        return rest;
    }

    /** Two steps that only together can be left out, such as a change and the one that undoes it. */
    private static void pairs(Search search) {
        for (int second = search.best().steps().size() - 1; second > 0 && !search.isOver(); second--) {
            for (int first = second - 1; first >= 0; first--) {
                List<Step> steps = search.best().steps();
                if (second < steps.size()) {
                    search.improves(search.best().with(without(without(steps, second, second + 1), first, first + 1)));
                }
            }
        }
    }
}
