package org.nestor.spec.eval;

import edu.mit.csail.sdg.ast.Decl;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprHasName;
import edu.mit.csail.sdg.ast.ExprLet;
import edu.mit.csail.sdg.ast.ExprVar;
import edu.mit.csail.sdg.ast.Sig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the declarations of fields say, their multiplicities and ranges, which no predicate contains. A state that breaks it was encoded
 * wrongly, and what holds of it means nothing.
 */
public final class WellFormed {
    private final List<Predicate<Valuation>> parts = new ArrayList<>();

    public WellFormed(Population population) {
        population.vocabulary().sigs().forEach((name, sig) -> {
            if (!name.endsWith("/Ord")) {
                sig.getFieldDecls()
                        .forEach(decl -> decl.names.forEach(
                                field -> parts.add(population.predicate(declared(sig, decl, field)))));
            }
        });
    }

    private static Expr declared(Sig sig, Decl decl, ExprHasName field) {
        Expr within = sig.decl.get().join(field).in(decl.expr);
        return sig.isOne != null ? ExprLet.make(null, (ExprVar) sig.decl.get(), sig, within) : within.forAll(sig.decl);
    }

    public boolean holds(Valuation state) {
        return parts.stream().allMatch(part -> part.test(state));
    }
}
