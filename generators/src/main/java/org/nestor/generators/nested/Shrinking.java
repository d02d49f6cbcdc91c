package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    /** Replaces elements by simpler ones for as long as the sequence shows the same. What is simpler must be so for good. */
    public static <T> List<T> simplify(List<T> sequence, Function<T, List<T>> simpler, Predicate<List<T>> shows) {
        List<T> best = new ArrayList<>(sequence);
        for (int i = 0; i < best.size(); i++) {
            boolean again = true;
            while (again) {
                T before = best.get(i);
                again = false;
                for (T candidate : simpler.apply(before)) {
                    best.set(i, candidate);
                    if (shows.test(best)) {
                        again = true;
                        break;
                    }
                    best.set(i, before);
                }
            }
        }
        return List.copyOf(best);
    }
}
