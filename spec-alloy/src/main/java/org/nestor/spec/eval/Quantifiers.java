package org.nestor.spec.eval;

import java.util.Arrays;
import java.util.List;

/** Runs through the values of declared variables. */
record Quantifiers(int base, List<Variable> variables, Test body) {

    /** A variable by number, and the set it ranges over, which may depend on the variables before it. */
    record Variable(int number, Term range) {}

    /** Whether the body is {@code wanted} for some values. */
    boolean find(boolean wanted, Valuation state, Tuples[] environment) {
        return find(0, wanted, state, environment);
    }

    private boolean find(int depth, boolean wanted, Valuation state, Tuples[] environment) {
        if (depth == variables.size()) {
            return body.at(state, environment) == wanted;
        }
        Variable variable = variables.get(depth);
        Tuples range = variable.range().at(state, environment);
        for (int i = 0; i < range.size(); i++) {
            environment[variable.number()] = Tuples.of(base, range.arity(), range.tuple(i));
            if (find(depth + 1, wanted, state, environment)) {
                return true;
            }
        }
        return false;
    }

    /** The tuples of values, all unary, for which the body is true. */
    Tuples comprehend(Valuation state, Tuples[] environment) {
        Found found = new Found();
        comprehend(0, 0, state, environment, found);
        return Tuples.of(base, variables.size(), found.tuples());
    }

    private void comprehend(int depth, long prefix, Valuation state, Tuples[] environment, Found found) {
        if (depth == variables.size()) {
            if (body.at(state, environment)) {
                found.add(prefix);
            }
            return;
        }
        Variable variable = variables.get(depth);
        Tuples range = variable.range().at(state, environment);
        for (int i = 0; i < range.size(); i++) {
            environment[variable.number()] = Tuples.atom(base, (int) range.tuple(i));
            comprehend(depth + 1, prefix * base + range.tuple(i), state, environment, found);
        }
    }

    private static final class Found {
        private long[] tuples = new long[4];
        private int count;

        void add(long tuple) {
            if (count == tuples.length) {
                tuples = Arrays.copyOf(tuples, 2 * count);
            }
            tuples[count++] = tuple;
        }

        long[] tuples() {
            return Arrays.copyOf(tuples, count);
        }
    }
}
