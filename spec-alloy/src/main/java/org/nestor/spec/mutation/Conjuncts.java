package org.nestor.spec.mutation;

import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprBinary;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.ExprITE;
import edu.mit.csail.sdg.ast.ExprLet;
import edu.mit.csail.sdg.ast.ExprList;
import edu.mit.csail.sdg.ast.ExprQt;
import edu.mit.csail.sdg.ast.ExprUnary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A formula with one of its conjuncts left out, for each conjunct at any depth: also within a quantifier, an alternative or a condition. */
final class Conjuncts {

    /**
     * One conjunct less.
     *
     * @param rest the formula without it
     */
    record Omission(Expr rest, Expr dropped) {}

    private Conjuncts() {}

    /** All omissions; a formula that is no conjunction is one conjunct. */
    static List<Omission> omissions(Expr formula) {
        List<Expr> parts = new ArrayList<>();
        flatten(formula, parts);
        return of(parts);
    }

    private static List<Omission> of(List<Expr> parts) {
        List<Omission> found = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            found.add(new Omission(and(parts, i, ExprConstant.TRUE), parts.get(i)));
        }
        for (int i = 0; i < parts.size(); i++) {
            int position = i;
            found.addAll(within(parts.get(i), part -> and(parts, position, part)));
        }
        return found;
    }

    private static Expr and(List<Expr> parts, int position, Expr instead) {
        Expr all = ExprConstant.TRUE;
        for (int i = 0; i < parts.size(); i++) {
            all = all.and(i == position ? instead : parts.get(i));
        }
        return all;
    }

    private static void flatten(Expr formula, List<Expr> parts) {
        if (formula instanceof ExprUnary unary && unary.op == ExprUnary.Op.NOOP) {
            flatten(unary.sub, parts);
        } else if (formula instanceof ExprList list && list.op == ExprList.Op.AND) {
            list.args.forEach(part -> flatten(part, parts));
        } else if (formula instanceof ExprBinary binary && binary.op == ExprBinary.Op.AND) {
            flatten(binary.left, parts);
            flatten(binary.right, parts);
        } else if (!(formula instanceof ExprConstant)) {
            parts.add(formula);
        }
    }

    /** Omissions from conjunctions that are a part of a part of a formula. */
    private static List<Omission> deeper(Expr part, UnaryOperator<Expr> whole) {
        List<Expr> parts = new ArrayList<>();
        flatten(part, parts);
        if (parts.size() == 1) {
            return within(parts.get(0), whole);
        }
        return of(parts).stream()
                .map(omission -> new Omission(whole.apply(omission.rest()), omission.dropped()))
                .toList();
    }

    private static List<Omission> within(Expr formula, UnaryOperator<Expr> whole) {
        if (formula instanceof ExprUnary not && not.op == ExprUnary.Op.NOT) {
            return deeper(not.sub, part -> whole.apply(part.not()));
        }
        if (formula instanceof ExprList list && list.op == ExprList.Op.OR) {
            return withinAlternatives(list, whole);
        }
        if (formula instanceof ExprBinary binary && isConnective(binary.op)) {
            return both(
                    deeper(binary.left, part -> whole.apply(binary.op.make(binary.pos, null, part, binary.right))),
                    deeper(binary.right, part -> whole.apply(binary.op.make(binary.pos, null, binary.left, part))));
        }
        if (formula instanceof ExprITE choice && choice.type().is_bool) {
            return both(
                    deeper(choice.left, part -> whole.apply(ExprITE.make(choice.pos, choice.cond, part, choice.right))),
                    deeper(
                            choice.right,
                            part -> whole.apply(ExprITE.make(choice.pos, choice.cond, choice.left, part))));
        }
        if (formula instanceof ExprQt quantified && quantified.type().is_bool) {
            return deeper(
                    quantified.sub,
                    part -> whole.apply(quantified.op.make(quantified.pos, null, quantified.decls, part)));
        }
        if (formula instanceof ExprLet let) {
            return deeper(let.sub, part -> whole.apply(ExprLet.make(let.pos, let.var, let.expr, part)));
        }
        return List.of();
    }

    private static boolean isConnective(ExprBinary.Op operator) {
        return operator == ExprBinary.Op.OR || operator == ExprBinary.Op.IMPLIES || operator == ExprBinary.Op.IFF;
    }

    private static List<Omission> withinAlternatives(ExprList list, UnaryOperator<Expr> whole) {
        List<Omission> found = new ArrayList<>();
        for (int i = 0; i < list.args.size(); i++) {
            int position = i;
            found.addAll(deeper(list.args.get(i), part -> {
                List<Expr> args = new ArrayList<>(list.args);
                args.set(position, part);
                return whole.apply(ExprList.make(list.pos, null, ExprList.Op.OR, args));
            }));
        }
        return found;
    }

    private static List<Omission> both(List<Omission> left, List<Omission> right) {
        List<Omission> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }
}
