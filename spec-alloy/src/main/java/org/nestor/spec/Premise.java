package org.nestor.spec;

import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprBinary;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.ExprList;
import edu.mit.csail.sdg.ast.ExprQt;
import edu.mit.csail.sdg.ast.ExprUnary;

/** What must be so for a check to be about anything. */
final class Premise {

    private Premise() {}

    /** Of a check; its formula is the denial of the assert, together with the facts of the module. */
    static Expr of(Command check) {
        return denied(check.formula);
    }

    private static Expr denied(Expr formula) {
        if (formula instanceof ExprUnary unary && unary.op == ExprUnary.Op.NOOP) {
            return denied(unary.sub);
        } else if (formula instanceof ExprUnary unary && unary.op == ExprUnary.Op.NOT) {
            return claimed(unary.sub);
        } else if (formula instanceof ExprList list && list.op == ExprList.Op.AND) {
            Expr all = ExprConstant.TRUE;
            for (Expr part : list.args) {
                all = all.and(denied(part));
            }
            return all;
        } else if (formula instanceof ExprBinary binary && binary.op == ExprBinary.Op.AND) {
            return denied(binary.left).and(denied(binary.right));
        }
        return formula;
    }

    /** For a conclusion that is itself conditional, that condition is a part of the premise. */
    private static Expr claimed(Expr formula) {
        if (formula instanceof ExprUnary unary && unary.op == ExprUnary.Op.NOOP) {
            return claimed(unary.sub);
        } else if (formula instanceof ExprUnary unary && unary.op == ExprUnary.Op.ALWAYS) {
            return claimed(unary.sub).eventually();
        } else if (formula instanceof ExprUnary unary && unary.op == ExprUnary.Op.AFTER) {
            return claimed(unary.sub).after();
        } else if (formula instanceof ExprBinary binary && binary.op == ExprBinary.Op.IMPLIES) {
            return binary.left.and(claimed(binary.right));
        } else if (formula instanceof ExprQt quantified && quantified.op == ExprQt.Op.ALL) {
            return ExprQt.Op.SOME.make(quantified.pos, null, quantified.decls, claimed(quantified.sub));
        }
        return ExprConstant.TRUE;
    }
}
