package org.nestor.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.search.ScenarioGenerator.Drawn;

/**
 * How the scenarios of a campaign are drawn, batch by batch. A batch follows from the batches before its predecessor: that one may
 * still be played meanwhile, so that workers hardly ever wait, and yet any number of them draws the same scenarios.
 */
final class Batches {
    /** Scenarios of a batch. */
    static final int SIZE = 256;

    private final Guidance guidance;
    private final Capabilities capabilities;
    private final Map<Long, Batch> batches = new HashMap<>();
    private final Coverage coverage = new Coverage();
    private long open;
    private long played;

    Batches(Guidance guidance, Capabilities capabilities) {
        this.guidance = guidance;
        this.capabilities = capabilities;
        openNext();
        openNext();
    }

    /** Another scenario is over, in the order of the numbers: what it was, and what it reached. */
    synchronized void played(Drawn drawn, Set<Target> reached) {
        coverage.count(drawn, reached);
        played++;
        if (played % SIZE == 0) {
            batches.remove(played / SIZE - 1);
            openNext();
            notifyAll();
        }
    }

    private void openNext() {
        batches.put(open, guidance.batch(open, capabilities, coverage));
        open++;
    }

    /** The batch that the scenario of a number is of, as soon as it is known. */
    synchronized Batch of(long number) throws InterruptedException {
        while (number / SIZE >= open) {
            wait();
        }
        Batch batch = batches.get(number / SIZE);
        if (batch == null) {
            throw new IllegalArgumentException("scenario " + number + " is over");
        }
        return batch;
    }
}
