package org.nestor.spec.mutation;

import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.Func;
import java.util.function.Supplier;

/** A module in which one predicate lacks one conjunct. */
public final class Mutant {
    private final Func predicate;
    private final Expr original;
    private final Expr changed;
    private final String dropped;

    Mutant(Func predicate, Expr changed, String dropped) {
        this.predicate = predicate;
        this.original = predicate.getBody();
        this.changed = changed;
        this.dropped = dropped;
    }

    /** The predicate and the conjunct that it lacks, on one line. */
    public String name() {
        return predicateName() + ": " + dropped;
    }

    public String predicateName() {
        return Mutants.shortName(predicate);
    }

    Func predicate() {
        return predicate;
    }

    /** What comes of something while the module is so changed. The module is shared: one at a time. */
    public <T> T during(Supplier<T> action) {
        predicate.setBody(changed);
        try {
            return action.get();
        } finally {
            predicate.setBody(original);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
