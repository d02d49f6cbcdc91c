package org.nestor.spec.mutation;

import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.Func;
import java.util.List;
import java.util.function.Supplier;

/** A module in which one predicate lacks one of its conjuncts. */
public final class Mutant {
    private final Func predicate;
    private final Expr original;
    private final List<Expr> conjuncts;
    private final int dropped;

    Mutant(Func predicate, List<Expr> conjuncts, int dropped) {
        this.predicate = predicate;
        this.original = predicate.getBody();
        this.conjuncts = conjuncts;
        this.dropped = dropped;
    }

    /** The predicate and the conjunct that it lacks, on one line. */
    public String name() {
        return predicateName() + ": " + conjuncts.get(dropped).toString().replaceAll("\\s+", " ");
    }

    public String predicateName() {
        return predicate.label.substring(predicate.label.lastIndexOf('/') + 1);
    }

    /** What comes of something while the module is so changed. The module is shared: one at a time. */
    public <T> T during(Supplier<T> action) {
        predicate.setBody(rest());
        try {
            return action.get();
        } finally {
            predicate.setBody(original);
        }
    }

    private Expr rest() {
        Expr rest = ExprConstant.TRUE;
        for (int i = 0; i < conjuncts.size(); i++) {
            if (i != dropped) {
                rest = rest.and(conjuncts.get(i));
            }
        }
        return rest;
    }

    @Override
    public String toString() {
        return name();
    }
}
