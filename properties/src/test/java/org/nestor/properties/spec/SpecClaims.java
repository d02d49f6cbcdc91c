package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.mit.csail.sdg.ast.Assert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.eval.WellFormed;

/** What a module says about a state and the next, compiled: some of its predicates by name, and all asserts about a step. */
final class SpecClaims {
    private final Population population;
    private final Map<String, Predicate<Valuation>> claims = new LinkedHashMap<>();

    /**
     * Compiles them.
     *
     * @param predicates names of predicates that hold of each step of the Java
     */
    SpecClaims(Population population, List<String> predicates) {
        this.population = population;
        claims.put("well-formed", new WellFormed(population)::holds);
        predicates.forEach(name -> claims.put(name, population.predicate(name)));
        Set<String> asserts = asserts(population.vocabulary().module());
        for (Assert each : population.vocabulary().module().parsed().getAllAssertions()) {
            String name = each.label.substring(each.label.lastIndexOf('/') + 1);
            if (asserts.contains(name)) {
                claims.put(name, population.predicate(each.expr));
            }
        }
    }

    /** The asserts that are about any state, or one step from it. */
    static Set<String> asserts(AlloyModule module) {
        return module.commands().stream()
                .filter(command -> command.check() && !command.isBoundedRun())
                .map(AlloyCommand::label)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Population population() {
        return population;
    }

    Set<String> names() {
        return claims.keySet();
    }

    /** The first step of which something does not hold, with what it is. */
    Optional<String> firstBroken(List<PairedStep> steps) {
        return steps.stream().flatMap(step -> firstBroken(step).stream()).findFirst();
    }

    private Optional<String> firstBroken(PairedStep step) {
        Valuation both = step.both();
        return claims.entrySet().stream()
                .filter(claim -> !claim.getValue().test(both))
                .map(claim -> broken(claim.getKey(), step))
                .findFirst();
    }

    /** The first step of which that does not hold. */
    Optional<String> firstBroken(String name, List<PairedStep> steps) {
        Predicate<Valuation> claim =
                Optional.ofNullable(claims.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
        return steps.stream()
                .filter(step -> !claim.test(step.both()))
                .map(step -> broken(name, step))
                .findFirst();
    }

    /** The first state of a run that lacks an invariant, or the one at the beginning if it is not as runs begin. */
    Optional<String> firstOutside(String invariant, List<PairedStep> run) {
        Predicate<Valuation> holds = population.predicate(invariant);
        Valuation first = run.get(0).before();
        return population.predicate("init").test(first)
                ? Stream.concat(Stream.of(first), run.stream().map(PairedStep::after))
                        .filter(state -> !holds.test(state))
                        .map(population::describe)
                        .findFirst()
                : Optional.of("begins with " + population.describe(first));
    }

    /** A test for each claim, under its name, that it holds of all the steps. */
    Stream<DynamicTest> tests(List<PairedStep> steps) {
        return names().stream()
                .map(name ->
                        DynamicTest.dynamicTest(name, () -> assertEquals(Optional.empty(), firstBroken(name, steps))));
    }

    /** Those of some situations, each a formula about a step, that none of the steps is. */
    List<String> notMet(List<String> situations, List<PairedStep> steps) {
        return situations.stream()
                .filter(situation -> {
                    Predicate<Valuation> met = population.predicate(situation);
                    return steps.stream().noneMatch(step -> met.test(step.both()));
                })
                .toList();
    }

    private String broken(String name, PairedStep step) {
        return "%s does not hold from %s to %s"
                .formatted(name, population.describe(step.before()), population.describe(step.after()));
    }
}
