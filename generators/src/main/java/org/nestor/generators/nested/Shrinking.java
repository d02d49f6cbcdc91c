package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Delta debugging: takes parts out of a sequence for as long as what is left still shows the same. */
public final class Shrinking {

    private Shrinking() {}

    /** A shortest part of the sequence, in that none of its steps can be left out. */
    public static <T> List<T> shrink(List<T> sequence, Predicate<List<T>> shows) {
        List<T> best = List.copyOf(sequence);
        int piece = Math.max(1, best.size() / 2);
        while (true) {
            boolean progress = false;
            for (int from = 0; from < best.size(); ) {
                List<T> shorter = new ArrayList<>(best.subList(0, from));
                shorter.addAll(best.subList(Math.min(best.size(), from + piece), best.size()));
                if (shorter.size() < best.size() && shows.test(shorter)) {
                    best = List.copyOf(shorter);
                    progress = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !progress) {
                return best;
            }
            piece = Math.max(1, piece / 2);
        }
    }
}
