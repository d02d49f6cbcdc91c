package org.nestor.properties.spec;

import org.nestor.spec.eval.Valuation;

/** A state of the Java in the words of a module, with the operation that leads on, and the state that it led to. */
record PairedStep(Valuation before, Valuation after) {

    Valuation both() {
        return before.before(after);
    }
}
