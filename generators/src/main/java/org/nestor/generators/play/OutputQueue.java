package org.nestor.generators.play;

import org.nestor.generators.scenario.Action;

/** The software end of a queue that the SMMU writes: it moves CONS forward only, and over what it was told of. */
final class OutputQueue {
    private static final long OVERFLOW = 1L << 31;

    private final World world;
    private final int queue;

    OutputQueue(World world, int queue) {
        this.world = world;
        this.queue = queue;
    }

    /** Takes what PROD and CONS hold. */
    interface Indexes {
        void accept(long produced, long consumed);
    }

    /** Reads PROD and CONS and waits for the replies. */
    static void look(World world, int queue, Indexes use) {
        world.conversation()
                .ask(
                        Queues.prod(queue),
                        produced -> world.conversation()
                                .ask(Queues.cons(queue), consumed -> use.accept(produced, consumed), () -> {}),
                        () -> {});
    }

    private int positions() {
        return 2 * world.queues().entries(queue);
    }

    private int position(long register) {
        return (int) register & positions() - 1;
    }

    private boolean isEmpty(long produced, long consumed) {
        return position(produced) == position(consumed);
    }

    /** Reads the newest entry. */
    void readNewest(long produced, long consumed) {
        if (!isEmpty(produced, consumed)) {
            long entry = world.queues().entry(queue, position(produced - 1));
            world.script().add(new Action.MemRead(entry, world.queues().entryBytes(queue)));
        }
    }

    /** Takes all entries but the newest. */
    void leaveOne(long produced, long consumed) {
        if (!isEmpty(produced, consumed)) {
            world.script().write(Queues.cons(queue), position(produced - 1) | produced & OVERFLOW);
        }
    }

    /** Takes all entries and leaves an overflow as it is. */
    void takeAll(long produced, long consumed) {
        world.script().write(Queues.cons(queue), position(produced) | consumed & OVERFLOW);
    }

    /** Takes all entries. */
    void takeAndAcknowledge(long produced) {
        world.script().write(Queues.cons(queue), position(produced) | produced & OVERFLOW);
    }
}
