package org.nestor.spec.eval;

/** A compiled formula. */
@FunctionalInterface
interface Test {
    boolean at(Valuation state, Tuples[] variables);
}
