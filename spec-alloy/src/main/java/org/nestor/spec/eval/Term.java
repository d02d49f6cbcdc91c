package org.nestor.spec.eval;

/** A compiled expression. */
@FunctionalInterface
public interface Term {

    /**
     * The value in a state.
     *
     * @param variables values of the quantified variables, by number
     */
    Tuples at(Valuation state, Tuples[] variables);

    /** An expression that has the same value in every state. */
    record Constant(Tuples value) implements Term {
        @Override
        public Tuples at(Valuation state, Tuples[] variables) {
            return value;
        }
    }
}
