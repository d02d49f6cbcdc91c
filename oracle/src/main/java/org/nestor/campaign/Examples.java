package org.nestor.campaign;

import java.util.Arrays;
import java.util.List;
import org.nestor.generators.search.ScenarioGenerator.Drawn;

/** Scenarios to vary, at least one. The rarer what each of them reaches, the oftener it is picked. */
final class Examples {
    private final List<Drawn> scenarios;
    private final double[] sums;

    /**
     * @param scenarios what to pick from
     * @param rarities how often to pick each of them in proportion, above 0
     */
    Examples(List<Drawn> scenarios, double[] rarities) {
        this.scenarios = List.copyOf(scenarios);
        this.sums = rarities.clone();
        Arrays.parallelPrefix(sums, Double::sum);
    }

    /** The scenario at a place from 0 to below 1. */
    Drawn at(double place) {
        double sum = place * sums[sums.length - 1];
        int found = Arrays.binarySearch(sums, sum);
        return scenarios.get(Math.min(found >= 0 ? found + 1 : -found - 1, scenarios.size() - 1));
    }
}
