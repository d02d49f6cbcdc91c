package org.nestor.generators.play;

import org.nestor.generators.scenario.Action;

/** The software end of the event queue, by hand. */
final class EventRecords {
    private final World world;

    EventRecords(World world) {
        this.world = world;
    }

    /**
     * Takes records.
     *
     * @param how 0 as the protocol says; 1 all but one; 2 all, without acknowledging overflow; 3 only looks
     */
    void take(int how) {
        if (how % 4 == 0) {
            world.script().add(new Action.Events());
        } else {
            OutputQueue.look(world, Queues.EVENT, (produced, consumed) -> consume(produced, consumed, how % 4));
        }
    }

    private void consume(long produced, long consumed, int how) {
        OutputQueue queue = new OutputQueue(world, Queues.EVENT);
        queue.readNewest(produced, consumed);
        if (how == 1) {
            queue.leaveOne(produced, consumed);
        } else if (how == 2) {
            queue.takeAll(produced, consumed);
        }
    }
}
