package org.nestor.spec.eval;

import edu.mit.csail.sdg.ast.Decl;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprBinary;
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
        Expr within = within(sig.decl.get().join(field), decl.expr);
        return sig.isOne != null ? ExprLet.make(null, (ExprVar) sig.decl.get(), sig, within) : within.forAll(sig.decl);
    }

    /** What Alloy makes of A -> B -> lone C asks it of every pair there is; here it is asked for each A. */
    private static Expr within(Expr relation, Expr range) {
        if (range instanceof ExprBinary product
                && product.op == ExprBinary.Op.ARROW
                && product.right.deNOP() instanceof ExprBinary rest
                && rest.op.isArrow) {
            Decl each = product.left.oneOf("each");
            return relation.in(pairs(product))
                    .and(within(each.get().join(relation), rest).forAll(each));
        }
        return relation.in(range);
    }

    /** Without multiplicities. */
    private static Expr pairs(Expr range) {
        return range.deNOP() instanceof ExprBinary product && product.op.isArrow
                ? pairs(product.left).product(pairs(product.right))
                : range;
    }

    public boolean holds(Valuation state) {
        return parts.stream().allMatch(part -> part.test(state));
    }
}
