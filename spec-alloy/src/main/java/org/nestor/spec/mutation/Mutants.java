package org.nestor.spec.mutation;

import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprBinary;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.ExprList;
import edu.mit.csail.sdg.ast.ExprUnary;
import edu.mit.csail.sdg.ast.Func;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.nestor.spec.AlloyModule;

/** All mutants of a module. */
public final class Mutants {

    private Mutants() {}

    /**
     * A mutant for each conjunct of each predicate of the module itself, not of those it opens.
     *
     * @param wanted names of the predicates
     */
    public static List<Mutant> of(AlloyModule module, Predicate<String> wanted) {
        List<Mutant> mutants = new ArrayList<>();
        for (Func func : module.parsed().getAllFunc()) {
            String name = func.label.substring(func.label.lastIndexOf('/') + 1);
            if (func.isPred && wanted.test(name)) {
                List<Expr> conjuncts = new ArrayList<>();
                collect(func.getBody(), conjuncts);
                for (int i = 0; i < conjuncts.size(); i++) {
                    mutants.add(new Mutant(func, conjuncts, i));
                }
            }
        }
        return mutants;
    }

    private static void collect(Expr expression, List<Expr> conjuncts) {
        if (expression instanceof ExprUnary unary && unary.op == ExprUnary.Op.NOOP) {
            collect(unary.sub, conjuncts);
        } else if (expression instanceof ExprList list && list.op == ExprList.Op.AND) {
            list.args.forEach(part -> collect(part, conjuncts));
        } else if (expression instanceof ExprBinary binary && binary.op == ExprBinary.Op.AND) {
            collect(binary.left, conjuncts);
            collect(binary.right, conjuncts);
        } else if (!(expression instanceof ExprConstant)) {
            conjuncts.add(expression);
        }
    }
}
