package org.nestor.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.rule.RuleId;

/**
 * The generator of each batch of scenarios. A batch is drawn with weights that follow from the batches before its predecessor: that
 * one may still be played meanwhile, so that workers hardly ever wait, and yet any number of them draws the same scenarios.
 */
final class Batches {
    /** Scenarios of a batch. */
    static final int SIZE = 256;

    private final Guidance guidance;
    private final Capabilities capabilities;
    private final Map<Long, ScenarioGenerator> generators = new HashMap<>();
    private Weights weights = Weights.DEFAULT;
    private long open;
    private long played;

    /** The first two batches have the default weights. */
    Batches(Guidance guidance, Capabilities capabilities) {
        this.guidance = guidance;
        this.capabilities = capabilities;
        openNext();
        openNext();
    }

    /** Another scenario is over, in the order of the numbers; these are the hits up to it. */
    synchronized void played(SortedMap<RuleId, Long> hits) {
        played++;
        if (played % SIZE == 0) {
            generators.remove(played / SIZE - 1);
            weights = guidance.next(weights, hits);
            openNext();
            notifyAll();
        }
    }

    private void openNext() {
        generators.put(open, new ScenarioGenerator(capabilities, weights));
        open++;
    }

    /** The generator for the scenario of a number, as soon as its weights are known. */
    synchronized ScenarioGenerator generator(long number) throws InterruptedException {
        while (number / SIZE >= open) {
            wait();
        }
        ScenarioGenerator generator = generators.get(number / SIZE);
        if (generator == null) {
            throw new IllegalArgumentException("scenario " + number + " is over");
        }
        return generator;
    }
}
