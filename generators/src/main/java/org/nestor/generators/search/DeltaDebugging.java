package org.nestor.generators.search;

import java.util.function.Predicate;
import org.nestor.generators.scenario.Scenario;

/**
 * Delta debugging over steps, operands and set-up, in rounds until a round finds nothing. Chunks are tried from the end in one round
 * and from the start in the next, since a scenario that no single deletion makes smaller in one order may give way in another.
 */
public final class DeltaDebugging implements Shrinker {

    @Override
    public Scenario shrink(Scenario scenario, Predicate<Scenario> stillFails, int replayCap) {
        Search search = new Search(scenario, stillFails, replayCap);
        boolean forward = false;
        boolean stuck = false;
        while (!search.isOver() && !stuck) {
            int before = search.improvements();
            StepReduction.run(search, forward);
            SetupReduction.run(search);
            OperandReduction.run(search);
            boolean smaller = search.improvements() > before;
            stuck = !smaller && forward;
            forward = !smaller || !forward;
        }
        return search.best();
    }
}
