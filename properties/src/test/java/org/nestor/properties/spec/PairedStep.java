package org.nestor.properties.spec;

import org.nestor.spec.eval.Valuation;

/** A state of the Java in the words of a module, with the operation that leads on, and the state that it led to. */
record PairedStep(Valuation before, Valuation after) {

    Valuation both() {
        return before.before(after);
    }

    /** The same, of which nothing has been worked out. */
    PairedStep afresh() {
        return new PairedStep(before.with(0, before.get(0)), after.with(0, after.get(0)));
    }
}
