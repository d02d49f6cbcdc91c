package org.nestor.spec.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import kodkod.ast.BinaryExpression;
import kodkod.ast.BinaryFormula;
import kodkod.ast.ComparisonFormula;
import kodkod.ast.Comprehension;
import kodkod.ast.ConstantExpression;
import kodkod.ast.ConstantFormula;
import kodkod.ast.Decl;
import kodkod.ast.Decls;
import kodkod.ast.Expression;
import kodkod.ast.Formula;
import kodkod.ast.IfExpression;
import kodkod.ast.LeafExpression;
import kodkod.ast.MultiplicityFormula;
import kodkod.ast.NaryExpression;
import kodkod.ast.NaryFormula;
import kodkod.ast.Node;
import kodkod.ast.NotFormula;
import kodkod.ast.QuantifiedFormula;
import kodkod.ast.Relation;
import kodkod.ast.TempExpression;
import kodkod.ast.UnaryExpression;
import kodkod.ast.UnaryTempFormula;
import kodkod.ast.Variable;
import kodkod.ast.operator.ExprCompOperator;
import kodkod.ast.operator.ExprOperator;
import kodkod.ast.operator.FormulaOperator;
import kodkod.ast.operator.Multiplicity;
import kodkod.ast.operator.Quantifier;
import kodkod.ast.operator.TemporalOperator;

/**
 * Compiles formulas of Kodkod, which Alloy makes of its predicates, to closures. A priming and {@code after} read the state that follows.
 * What is the same in every state is worked out once. Integers, higher-order quantifiers and the other temporal connectives are refused.
 */
final class Compiler {
    private final Population population;
    private final IdentityHashMap<Variable, Integer> variables = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Test> tests = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Term> terms = new IdentityHashMap<>();
    private final Map<String, Test> testsByText = new HashMap<>();
    private final Map<String, Term> termsByText = new HashMap<>();

    Compiler(Population population) {
        this.population = population;
    }

    /** Room for the variables of everything that has been compiled so far. */
    Tuples[] environment() {
        return new Tuples[variables.size()];
    }

    Test test(Formula formula) {
        Test known = tests.get(formula);
        if (known != null) {
            return known;
        }
        Test made = FreeVariables.in(formula) ? folded(formula, compiled(formula)) : remembering(formula);
        tests.put(formula, made);
        return made;
    }

    /** Alloy writes a predicate out wherever it is called. What is written twice is compiled once, and worked out once in a state. */
    private Test remembering(Formula formula) {
        String text = formula.toString();
        Test known = testsByText.get(text);
        if (known == null) {
            Test made = folded(formula, compiled(formula));
            int number = testsByText.size();
            known = (state, env) -> state.remembered().truth(number, made, state, env);
            testsByText.put(text, known);
        }
        return known;
    }

    Term term(Expression expression) {
        Term known = terms.get(expression);
        if (known != null) {
            return known;
        }
        boolean leaf = expression instanceof LeafExpression;
        Term made = leaf || FreeVariables.in(expression)
                ? folded(expression, compiled(expression))
                : remembering(expression);
        terms.put(expression, made);
        return made;
    }

    private Term remembering(Expression expression) {
        String text = expression.toString();
        Term known = termsByText.get(text);
        if (known == null) {
            Term made = folded(expression, compiled(expression));
            int number = termsByText.size();
            known = made instanceof Term.Constant
                    ? made
                    : (state, env) -> state.remembered().value(number, made, state, env);
            termsByText.put(text, known);
        }
        return known;
    }

    /** A comprehension or choice that reads nothing but constants is one. */
    private Term folded(Expression expression, Term term) {
        boolean fixed = (expression instanceof Comprehension || expression instanceof IfExpression)
                && !ReadsState.in(expression, population);
        return fixed ? new Term.Constant(term.at(population.empty(), environment())) : term;
    }

    private Test folded(Formula formula, Test test) {
        boolean simple = formula instanceof QuantifiedFormula
                || formula instanceof ComparisonFormula
                || formula instanceof MultiplicityFormula;
        if (!simple || ReadsState.in(formula, population)) {
            return test;
        }
        boolean value = test.at(population.empty(), environment());
        return (state, env) -> value;
    }

    private Test compiled(Formula formula) {
        if (formula instanceof ConstantFormula constant) {
            boolean value = constant.booleanValue();
            return (state, env) -> value;
        }
        if (formula instanceof NotFormula not) {
            Test inner = test(not.formula());
            return (state, env) -> !inner.at(state, env);
        }
        if (formula instanceof BinaryFormula binary) {
            return connective(binary.op(), test(binary.left()), test(binary.right()));
        }
        if (formula instanceof NaryFormula nary) {
            return connective(nary);
        }
        if (formula instanceof ComparisonFormula comparison) {
            Term left = term(comparison.left());
            Term right = term(comparison.right());
            return comparison.op() == ExprCompOperator.EQUALS
                    ? (state, env) -> left.at(state, env).equals(right.at(state, env))
                    : (state, env) -> left.at(state, env).in(right.at(state, env));
        }
        if (formula instanceof MultiplicityFormula multiplicity) {
            return multiplicity(multiplicity.multiplicity(), term(multiplicity.expression()));
        }
        if (formula instanceof QuantifiedFormula quantified) {
            Quantifiers quantifiers = quantifiers(quantified.decls(), quantified.formula());
            return quantified.quantifier() == Quantifier.ALL
                    ? (state, env) -> !quantifiers.find(false, state, env)
                    : (state, env) -> quantifiers.find(true, state, env);
        }
        if (formula instanceof UnaryTempFormula later && later.op() == TemporalOperator.AFTER) {
            Test inner = test(later.formula());
            return (state, env) -> inner.at(state.next(), env);
        }
        throw refused(formula);
    }

    private static Test connective(FormulaOperator operator, Test left, Test right) {
        return switch (operator) {
            case AND -> (state, env) -> left.at(state, env) && right.at(state, env);
            case OR -> (state, env) -> left.at(state, env) || right.at(state, env);
            case IMPLIES -> (state, env) -> !left.at(state, env) || right.at(state, env);
            case IFF -> (state, env) -> left.at(state, env) == right.at(state, env);
            default -> throw refused(operator);
        };
    }

    private Test connective(NaryFormula nary) {
        Test[] parts = new Test[nary.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = test(nary.child(i));
        }
        boolean neutral = nary.op() == FormulaOperator.AND;
        return (state, env) -> {
            for (Test part : parts) {
                if (part.at(state, env) != neutral) {
                    return !neutral;
                }
            }
            return neutral;
        };
    }

    private static Test multiplicity(Multiplicity multiplicity, Term term) {
        return switch (multiplicity) {
            case NO -> (state, env) -> term.at(state, env).isEmpty();
            case SOME -> (state, env) -> !term.at(state, env).isEmpty();
            case ONE -> (state, env) -> term.at(state, env).size() == 1;
            case LONE -> (state, env) -> term.at(state, env).size() <= 1;
            default -> throw refused(multiplicity);
        };
    }

    private Term compiled(Expression expression) {
        if (expression instanceof Relation relation) {
            return population.term(relation);
        }
        if (expression instanceof Variable variable) {
            int number = number(variable);
            return (state, env) -> env[number];
        }
        if (expression instanceof ConstantExpression constant) {
            return new Term.Constant(constant(constant));
        }
        if (expression instanceof UnaryExpression unary) {
            return unary(unary.op(), term(unary.expression()));
        }
        if (expression instanceof BinaryExpression binary) {
            Optional<Expression> field = fieldOfSingleton(binary);
            if (field.isPresent()) {
                return term(field.get());
            }
            return binary(binary.op(), term(binary.left()), term(binary.right()));
        }
        if (expression instanceof NaryExpression nary) {
            Term all = term(nary.child(0));
            for (int i = 1; i < nary.size(); i++) {
                all = binary(nary.op(), all, term(nary.child(i)));
            }
            return all;
        }
        if (expression instanceof TempExpression primed && primed.op() == TemporalOperator.PRIME) {
            Term inner = term(primed.expression());
            return (state, env) -> inner.at(state.next(), env);
        }
        if (expression instanceof IfExpression choice) {
            Test condition = test(choice.condition());
            Term then = term(choice.thenExpr());
            Term otherwise = term(choice.elseExpr());
            return (state, env) -> (condition.at(state, env) ? then : otherwise).at(state, env);
        }
        if (expression instanceof Comprehension comprehension) {
            return quantifiers(comprehension.decls(), comprehension.formula())::comprehend;
        }
        throw refused(expression);
    }

    /** Alloy writes the field f of a {@code one sig} S as S -> f, and so S.f as S.(S -> f). */
    private Optional<Expression> fieldOfSingleton(BinaryExpression join) {
        boolean found = join.op() == ExprOperator.JOIN
                && join.left() instanceof Relation owner
                && join.right() instanceof BinaryExpression product
                && product.op() == ExprOperator.PRODUCT
                && product.left() == owner
                && population.term(owner) instanceof Term.Constant singleton
                && singleton.value().size() == 1;
        return found ? Optional.of(((BinaryExpression) join.right()).right()) : Optional.empty();
    }

    private Tuples constant(ConstantExpression constant) {
        int base = population.size();
        if (constant == Expression.UNIV) {
            return Tuples.universe(base);
        }
        if (constant == Expression.IDEN) {
            return Tuples.identity(base);
        }
        if (constant == Expression.NONE || constant == Expression.INTS) {
            return Tuples.none(base, 1);
        }
        throw refused(constant);
    }

    private static Term unary(ExprOperator operator, Term term) {
        return switch (operator) {
            case TRANSPOSE -> folded(Tuples::transpose, term);
            case CLOSURE -> folded(Tuples::closure, term);
            case REFLEXIVE_CLOSURE -> folded(Tuples::reflexiveClosure, term);
            default -> throw refused(operator);
        };
    }

    private static Term binary(ExprOperator operator, Term left, Term right) {
        return switch (operator) {
            case UNION -> folded(Tuples::union, left, right);
            case INTERSECTION -> folded(Tuples::intersection, left, right);
            case DIFFERENCE -> folded(Tuples::difference, left, right);
            case PRODUCT -> folded(Tuples::product, left, right);
            case JOIN -> folded(Tuples::join, left, right);
            case OVERRIDE -> folded(Tuples::override, left, right);
            default -> throw refused(operator);
        };
    }

    private static Term folded(UnaryOperator<Tuples> operator, Term term) {
        if (term instanceof Term.Constant constant) {
            return new Term.Constant(operator.apply(constant.value()));
        }
        return (state, env) -> operator.apply(term.at(state, env));
    }

    private static Term folded(BinaryOperator<Tuples> operator, Term left, Term right) {
        if (left instanceof Term.Constant first && right instanceof Term.Constant second) {
            return new Term.Constant(operator.apply(first.value(), second.value()));
        }
        return (state, env) -> operator.apply(left.at(state, env), right.at(state, env));
    }

    private Quantifiers quantifiers(Decls decls, Formula body) {
        List<Quantifiers.Variable> declared = new ArrayList<>();
        for (int i = 0; i < decls.size(); i++) {
            Decl decl = decls.get(i);
            if (decl.multiplicity() != Multiplicity.ONE) {
                throw refused(decl);
            }
            declared.add(new Quantifiers.Variable(number(decl.variable()), term(decl.expression())));
        }
        return new Quantifiers(population.size(), declared, test(body));
    }

    private int number(Variable variable) {
        int next = variables.size();
        return variables.computeIfAbsent(variable, unused -> next);
    }

    private static IllegalArgumentException refused(Object construct) {
        return new IllegalArgumentException(
                "cannot compile " + construct.getClass().getSimpleName() + ": " + construct);
    }
}
