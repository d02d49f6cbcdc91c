package org.nestor.properties.spec;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.nestor.rule.RuleId;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.table.Case;
import org.nestor.spec.table.Decision;
import org.nestor.spec.table.DecisionTable;

/** Visits the instances of a table and compares, for each, what the module says with what the Java says. */
final class Pairing {

    /** The Java's answers, to be had for any instance. */
    interface Subject {
        Map<String, Set<String>> answers(Case instance);
    }

    /**
     * What came of it.
     *
     * @param instances how many were visited
     * @param alone how often each rule was the only one broken
     * @param disagreement the first instance on which the two differ
     */
    record Result(long instances, Map<String, Long> alone, Optional<String> disagreement) {}

    /** Ends a visit early. */
    private static final class Disagreement extends RuntimeException {
        private static final long serialVersionUID = 1;

        Disagreement(String message) {
            super(message, null, false, false);
        }
    }

    private final DecisionTable table;
    private final Map<String, Function<Valuation, Tuples>> questions = new TreeMap<>();

    Pairing(DecisionTable table, Set<String> questions) {
        this(table, table.population(), questions);
    }

    /**
     * Pairs with predicates that differ from those the table was made of.
     *
     * @param population compiles the module as it is now
     */
    Pairing(DecisionTable table, Population population, Set<String> questions) {
        this.table = table;
        questions.forEach(question -> this.questions.put(question, population.expression(question)));
    }

    /** Every combination of every decision, and some random instances. */
    Result compare(long seed, int changed, Subject subject) {
        return compare(visitor -> table.visit(seed, changed, visitor), subject);
    }

    /** Every combination of some decisions. */
    Result compare(Predicate<Decision> wanted, long seed, Subject subject) {
        return compare(visitor -> table.visit(wanted, seed, visitor), subject);
    }

    private Result compare(Consumer<Consumer<Case>> visits, Subject subject) {
        Map<String, Long> alone = new TreeMap<>();
        long[] instances = new long[1];
        try {
            visits.accept(instance -> {
                instances[0]++;
                Map<String, Set<String>> expected = asked(instance);
                compare(instance, expected, subject.answers(instance));
                Set<String> broken = expected.getOrDefault("violations", Set.of());
                if (broken.size() == 1) {
                    alone.merge(broken.iterator().next(), 1L, Long::sum);
                }
            });
        } catch (Disagreement found) {
            return new Result(instances[0], alone, Optional.of(String.valueOf(found.getMessage())));
        }
        return new Result(instances[0], alone, Optional.empty());
    }

    private static void compare(Case instance, Map<String, Set<String>> expected, Map<String, Set<String>> answers) {
        answers.forEach((question, answer) -> {
            if (!answer.equals(expected.get(question))) {
                throw new Disagreement("%s: the spec says %s, the Java %s, of %s"
                        .formatted(question, expected.get(question), answer, instance));
            }
        });
    }

    private Map<String, Set<String>> asked(Case instance) {
        Valuation state = table.valuation(instance);
        Map<String, Set<String>> answers = new TreeMap<>();
        questions.forEach(
                (question, compiled) -> answers.put(question, table.population().names(compiled.apply(state))));
        return answers;
    }

    /** Rules as the modules name them: A_STE_03 for A-STE-03. */
    static Set<String> atoms(Iterable<RuleId> rules) {
        Set<String> atoms = new HashSet<>();
        rules.forEach(rule -> atoms.add(rule.toString().replace('-', '_')));
        return atoms.stream().collect(Collectors.toUnmodifiableSet());
    }
}
