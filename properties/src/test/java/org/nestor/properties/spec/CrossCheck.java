package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.nestor.spec.eval.KodkodEvaluation;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Valuation;

/** The compiled predicates against Kodkod's own evaluator, on steps of the Java and on steps that no Java would take. */
final class CrossCheck {
    private final Population population;
    private final List<PairedStep> steps;
    private final Random random = new Random(7);

    CrossCheck(Population population, List<PairedStep> steps) {
        this.population = population;
        this.steps = steps;
    }

    /** Asks both, for some steps of which most end elsewhere than they did, and tells how many answers were no. */
    int refused(List<String> predicates, int tries) {
        KodkodEvaluation kodkod = new KodkodEvaluation(population);
        int refused = 0;
        for (int i = 0; i < tries; i++) {
            PairedStep step = any();
            Valuation after = i % 3 == 0 ? step.after() : disturbed(step.after());
            for (String name : predicates) {
                boolean holds = population.predicate(name).test(step.before().before(after));
                assertEquals(kodkod.holds(name, step.before(), after), holds, name);
                refused += holds ? 0 : 1;
            }
        }
        return refused;
    }

    private PairedStep any() {
        return steps.get(random.nextInt(steps.size()));
    }

    /** One relation is as in another state. */
    private Valuation disturbed(Valuation state) {
        int slot = random.nextInt(population.relations());
        return state.with(slot, any().after().get(slot));
    }
}
