package org.nestor.spec.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What expressions and formulas without free variables came to in one state, by number. */
final class Remembered {
    private static final byte UNKNOWN = 0;
    private static final byte TRUE = 1;
    private static final byte FALSE = 2;

    private @Nullable Tuples[] values = {};
    private byte[] truths = {};

    Tuples value(int number, Term term, Valuation state, Tuples[] variables) {
        if (number >= values.length) {
            values = Arrays.copyOf(values, number + number / 2 + 16);
        }
        Tuples known = values[number];
        if (known == null) {
            known = term.at(state, variables);
            values[number] = known;
        }
        return known;
    }

    boolean truth(int number, Test test, Valuation state, Tuples[] variables) {
        if (number >= truths.length) {
            truths = Arrays.copyOf(truths, number + number / 2 + 16);
        }
        if (truths[number] == UNKNOWN) {
            truths[number] = test.at(state, variables) ? TRUE : FALSE;
        }
        return truths[number] == TRUE;
    }
}
