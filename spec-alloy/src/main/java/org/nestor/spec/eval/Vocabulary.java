package org.nestor.spec.eval;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.alloy4.Pos;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.ExprVar;
import edu.mit.csail.sdg.ast.Sig;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import kodkod.ast.BinaryExpression;
import kodkod.ast.Expression;
import kodkod.ast.Formula;
import kodkod.ast.Relation;
import kodkod.ast.operator.ExprOperator;
import kodkod.engine.satlab.SATFactory;
import org.nestor.spec.AlloyModule;

/**
 * The names of a module as Kodkod knows them. Alloy translates only for a solution; one with no constraint at all lends its relations,
 * and the formulas made of them hold for any universe.
 */
public final class Vocabulary {
    private final AlloyModule module;
    private final A4Solution frame;
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final Map<String, Sig> sigs = new LinkedHashMap<>();

    private Vocabulary(AlloyModule module) {
        this.module = module;
        A4Options options = new A4Options();
        options.solver = SATFactory.DEFAULT;
        Command unconstrained = new Command(false, 1, 1, 0, ExprVar.make(Pos.UNKNOWN, "frame"), ExprConstant.TRUE);
        this.frame = TranslateAlloyToKodkod.execute_command(
                A4Reporter.NOP, module.parsed().getAllReachableSigs(), unconstrained, options);
        for (Sig sig : module.parsed().getAllReachableSigs()) {
            if (!sig.builtin) {
                name(sig);
            }
        }
    }

    public static Vocabulary of(AlloyModule module) {
        return new Vocabulary(module);
    }

    private void name(Sig sig) {
        sigs.put(label(sig), sig);
        relation(translated(sig)).ifPresent(found -> relations.put(label(sig), found));
        for (Sig.Field field : sig.getFields()) {
            Relation found = relation(translated(field))
                    .orElseThrow(() -> new IllegalArgumentException("no relation behind " + field));
            relations.put(label(sig) + "." + field.label, found);
        }
    }

    /** The parent of other signatures has no relation of its own, and a field of a {@code one sig} one without the owner. */
    private static Optional<Relation> relation(Expression expression) {
        if (expression instanceof Relation relation) {
            return Optional.of(relation);
        }
        if (expression instanceof BinaryExpression product
                && product.op() == ExprOperator.PRODUCT
                && product.right() instanceof Relation relation) {
            return Optional.of(relation);
        }
        return Optional.empty();
    }

    static String label(Sig sig) {
        return sig.label.startsWith("this/") ? sig.label.substring("this/".length()) : sig.label;
    }

    public AlloyModule module() {
        return module;
    }

    /** The relations by name: {@code Ste}, {@code Ste.config}, {@code features/Smmu.oas}. */
    Map<String, Relation> relations() {
        return relations;
    }

    /** The relation of a full name. */
    Relation relation(String fullName) {
        Relation found = relations.get(fullName);
        if (found == null) {
            throw new NoSuchElementException("no relation " + fullName);
        }
        return found;
    }

    Map<String, Sig> sigs() {
        return sigs;
    }

    /** The full name of a signature or field, given in full or without the module. */
    public String fullName(String name) {
        List<String> found = relations.keySet().stream()
                .filter(full -> full.equals(name) || full.endsWith("/" + name))
                .toList();
        if (found.size() != 1) {
            throw new NoSuchElementException(name + " is one of " + found);
        }
        return found.get(0);
    }

    Expr parse(String alloy) {
        return CompUtil.parseOneExpression_fromString(module.parsed(), alloy);
    }

    Formula formula(String alloy) {
        return formula(parse(alloy));
    }

    Formula formula(Expr alloy) {
        return (Formula) TranslateAlloyToKodkod.alloy2kodkod(frame, alloy);
    }

    Expression expression(String alloy) {
        return translated(parse(alloy));
    }

    Expression translated(Expr alloy) {
        return (Expression) TranslateAlloyToKodkod.alloy2kodkod(frame, alloy);
    }
}
