package org.nestor.spec.eval;

import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprUnary;
import edu.mit.csail.sdg.ast.Sig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import kodkod.ast.Relation;
import kodkod.util.nodes.AnnotatedNode;

/** The values that each field of a {@code one sig} can have by its declaration, {@code one} or {@code lone} of a fixed set. */
public final class FieldDomains {
    private final Population population;
    private final Map<String, List<Tuples>> domains = new LinkedHashMap<>();

    public FieldDomains(Population population) {
        this.population = population;
        population.vocabulary().sigs().forEach((name, sig) -> {
            for (Sig.Field field : sig.getFields()) {
                String full = name + "." + field.label;
                if (!population.isConstant(full)) {
                    domains.put(full, values(field.decl().expr));
                }
            }
        });
    }

    private List<Tuples> values(Expr declared) {
        if (!(declared instanceof ExprUnary multiplicity)) {
            throw new IllegalArgumentException("no domain of " + declared);
        }
        List<Tuples> values = new ArrayList<>();
        if (multiplicity.op == ExprUnary.Op.LONEOF) {
            values.add(Tuples.none(population.size(), 1));
        } else if (multiplicity.op != ExprUnary.Op.ONEOF) {
            throw new IllegalArgumentException("no domain of " + declared);
        }
        Tuples range = population.constant(multiplicity.sub);
        for (int i = 0; i < range.size(); i++) {
            values.add(Tuples.atom(population.size(), (int) range.tuple(i)));
        }
        return values;
    }

    /** Tells each field by its full name with its values. */
    public void forEach(BiConsumer<String, List<Tuples>> reader) {
        domains.forEach(reader);
    }

    /** The fields that a formula reads. */
    public Set<String> read(Expr formula) {
        Set<Relation> relations = AnnotatedNode.annotateRoots(
                        population.vocabulary().formula(formula))
                .relations();
        return domains.keySet().stream()
                .filter(name -> relations.contains(population.vocabulary().relation(name)))
                .collect(Collectors.toSet());
    }
}
