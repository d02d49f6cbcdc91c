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

/** The values that each field can have by its declaration, {@code one}, {@code lone} or {@code some} of a fixed set. */
public final class FieldDomains {
    private final Population population;
    private final Map<String, List<Tuples>> domains = new LinkedHashMap<>();

    public FieldDomains(Population population) {
        this.population = population;
        population.vocabulary().sigs().forEach((name, sig) -> {
            for (Sig.Field field : sig.getFields()) {
                String full = name + "." + field.label;
                if (!population.isConstant(full)) {
                    domains.put(full, owned(name, sig, values(field.decl().expr)));
                }
            }
        });
    }

    /** The field of a {@code one sig} is a set; that of another signature, which has one atom here, pairs with the atom. */
    private List<Tuples> owned(String name, Sig sig, List<Tuples> values) {
        if (sig.isOne != null) {
            return values;
        }
        Tuples owner = population.constant(sig);
        if (owner.size() != 1) {
            throw new IllegalArgumentException(
                    "no domain of the fields of " + name + ", which has " + owner.size() + " atoms");
        }
        return values.stream().map(owner::product).toList();
    }

    private List<Tuples> values(Expr declared) {
        if (!(declared instanceof ExprUnary multiplicity)) {
            throw new IllegalArgumentException("no domain of " + declared);
        }
        Tuples range = population.constant(multiplicity.sub);
        return switch (multiplicity.op) {
            case ONEOF -> subsets(range, false, false);
            case LONEOF -> subsets(range, true, false);
            case SOMEOF -> subsets(range, false, true);
            default -> throw new IllegalArgumentException("no domain of " + declared);
        };
    }

    private List<Tuples> subsets(Tuples range, boolean empty, boolean larger) {
        List<Tuples> subsets = new ArrayList<>();
        if (empty) {
            subsets.add(Tuples.none(population.size(), 1));
        }
        for (int i = 0; i < range.size(); i++) {
            subsets.add(Tuples.atom(population.size(), (int) range.tuple(i)));
        }
        if (larger) {
            addLarger(range, subsets);
        }
        return subsets;
    }

    private void addLarger(Tuples range, List<Tuples> subsets) {
        for (int subset = 1; subset < 1 << range.size(); subset++) {
            if (Integer.bitCount(subset) > 1) {
                int members = subset;
                subsets.add(range.at(position -> (members >>> position & 1) != 0));
            }
        }
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
