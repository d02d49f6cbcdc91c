package org.nestor.allowed;

import java.util.Arrays;

/** The choices of a run, so that runs can go through all combinations: each repeats the one before it up to its last open choice. */
final class Choices {
    private int[] picked = new int[16];
    private int[] alternatives = new int[16];
    private int depth;
    private int length;

    /** Forgets all runs: the next one picks the first alternative each time. */
    void clear() {
        length = 0;
        depth = 0;
    }

    /** Begins a run that picks as before, as far as that goes, and then the first alternative each time. */
    void restart() {
        depth = 0;
    }

    /**
     * Picks.
     *
     * @param count how many alternatives there are, at least 1
     * @return 0 to {@code count - 1}
     */
    int pick(int count) {
        if (count == 1) {
            return 0;
        }
        if (depth == picked.length) {
            picked = Arrays.copyOf(picked, 2 * depth);
            alternatives = Arrays.copyOf(alternatives, 2 * depth);
        }
        if (depth == length) {
            picked[depth] = 0;
            alternatives[depth] = count;
            length++;
        }
        return picked[depth++];
    }

    /** Prepares the next combination; false after the last, and then the next run is the first again. */
    boolean advance() {
        length = depth;
        while (length > 0 && picked[length - 1] + 1 == alternatives[length - 1]) {
            length--;
        }
        if (length == 0) {
            return false;
        }
        picked[length - 1]++;
        return true;
    }
}
