package org.nestor.allowed;

import java.util.Arrays;

/**
 * The values that one doubleword of memory has, may have, and had, each with the time in which an SMMU may have read it. A value that
 * came back is one version, from its first to its last instant: what matters is how late a read may have seen it.
 */
final class WordVersions {
    /** The end of a version that memory may hold now. */
    static final long NOW = Long.MAX_VALUE;

    /** Before every instant. */
    static final long NEVER = -1;

    /** Values remembered of one doubleword; of more, the one that ended first is forgotten. */
    private static final int LIMIT = 32;

    private long[] values = new long[2];
    private long[] since = new long[2];
    private long[] until = new long[2];
    private int count;
    private long forgottenUntil = NEVER;

    /** A doubleword that has held one value from the beginning. */
    WordVersions(long value) {
        add(value, 0);
    }

    int count() {
        return count;
    }

    long value(int version) {
        return values[version];
    }

    /** First instant at which memory may have held the version. */
    long since(int version) {
        return since[version];
    }

    /** Last instant at which memory may have held the version, {@link #NOW} for a present one. */
    long until(int version) {
        return until[version];
    }

    boolean present(int version) {
        return until[version] == NOW;
    }

    /** The end of the latest version that is not remembered any more. */
    long forgottenUntil() {
        return forgottenUntil;
    }

    /**
     * Ends every present version.
     *
     * @param at the last instant at which an SMMU may have read them; if {@link #NEVER}, nothing can have, and they are dropped
     */
    void end(long at) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean ends = until[i] == NOW;
            if (ends && at == NEVER) {
                continue;
            }
            values[kept] = values[i];
            since[kept] = since[i];
            until[kept++] = ends ? at : until[i];
        }
        count = kept;
    }

    /** Memory holds the value, or may hold it, from this instant on. */
    void add(long value, long at) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                until[i] = NOW;
                return;
            }
        }
        if (count == LIMIT) {
            forgetOldest();
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
            since = Arrays.copyOf(since, 2 * count);
            until = Arrays.copyOf(until, 2 * count);
        }
        values[count] = value;
        since[count] = at;
        until[count++] = NOW;
    }

    /** Ends the present versions of which the bits under the mask are not these. */
    void keepPresent(long mask, long bits, long at) {
        for (int i = 0; i < count; i++) {
            if (until[i] == NOW && (values[i] & mask) != bits) {
                until[i] = at;
            }
        }
    }

    /** Drops the versions that ended before an instant. */
    void forgetBefore(long instant) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (until[i] >= instant) {
                values[kept] = values[i];
                since[kept] = since[i];
                until[kept++] = until[i];
            }
        }
        count = kept;
    }

    /** Whether memory may have held anything else since an instant. */
    boolean changedSince(long instant) {
        boolean changed = count > 1 && forgottenUntil >= instant;
        for (int i = 0; i < count; i++) {
            changed |= until[i] != NOW && until[i] >= instant;
        }
        return changed;
    }

    /** Whether there is nothing to tell that memory itself does not. */
    boolean settled() {
        return count == 1 && forgottenUntil == NEVER && since[0] == 0;
    }

    private void forgetOldest() {
        int oldest = 0;
        for (int i = 1; i < count; i++) {
            if (until[i] < until[oldest]) {
                oldest = i;
            }
        }
        forgottenUntil = Math.max(forgottenUntil, until[oldest]);
        count--;
        values[oldest] = values[count];
        since[oldest] = since[count];
        until[oldest] = until[count];
    }
}
