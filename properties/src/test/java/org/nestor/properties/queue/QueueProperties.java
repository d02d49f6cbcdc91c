package org.nestor.properties.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.nestor.properties.queue.QueueRun.Action;
import org.nestor.properties.spec.PairedWith;
import org.nestor.rule.Rule;
import org.nestor.smmu.queue.QueueArithmetic;

/**
 * Each assert of the Alloy module {@code smmu/queue}, under its name, of {@link QueueArithmetic} and the overflow flags. Alloy looks
 * at every run of a queue of four entries up to some length; these look at some longer runs of queues of 1 to 64.
 */
@PairedWith("smmu/queue")
class QueueProperties {

    @Property
    void producerNeverPassesConsumer(
            @ForAll @IntRange(max = 6) int log2Size, @ForAll int start, @ForAll @Size(max = 300) List<Action> actions) {
        after(log2Size, start, actions, run -> assertTrue(run.produced() <= run.consumed() + run.size()));
    }

    @Property
    void consumerNeverPassesProducer(
            @ForAll @IntRange(max = 6) int log2Size, @ForAll int start, @ForAll @Size(max = 300) List<Action> actions) {
        after(log2Size, start, actions, run -> assertTrue(run.consumed() <= run.produced()));
    }

    @Property
    void neverMoreEntriesThanTheQueueHas(
            @ForAll @IntRange(max = 6) int log2Size, @ForAll int start, @ForAll @Size(max = 300) List<Action> actions) {
        after(log2Size, start, actions, run -> {
            assertEquals(run.produced() - run.consumed(), run.filled());
            assertTrue(run.filled() <= run.size());
        });
    }

    @Property
    @Rule("A-REG-18")
    void emptyIsNeverFull(@ForAll @IntRange(max = 19) int log2Size, @ForAll int prod, @ForAll int cons) {
        QueueArithmetic arithmetic = new QueueArithmetic();
        for (int other : new int[] {cons, prod, prod ^ 1 << log2Size}) {
            assertFalse(arithmetic.empty(prod, other, log2Size) && arithmetic.full(prod, other, log2Size));
        }
    }

    @Property
    @Rule("A-EVQ-03")
    @Rule("A-EVQ-04")
    @Rule("A-EVQ-05")
    void overflowIsReportedUntilAcknowledged(
            @ForAll @IntRange(max = 3) int log2Size, @ForAll int start, @ForAll @Size(max = 300) List<Action> actions) {
        after(log2Size, start, actions, run -> assertEquals(run.lost(), run.unacknowledged()));
    }

    @Property
    @Rule("A-EVQ-02")
    void onlyAFullQueueLoses(
            @ForAll @IntRange(max = 3) int log2Size, @ForAll int start, @ForAll @Size(max = 300) List<Action> actions) {
        after(log2Size, start, actions, run -> assertFalse(run.lostWithRoom()));
    }

    private static void after(int log2Size, int start, List<Action> actions, Consumer<QueueRun> claim) {
        QueueRun run = new QueueRun(log2Size, start);
        for (Action action : actions) {
            run.step(action);
            claim.accept(run);
        }
    }
}
