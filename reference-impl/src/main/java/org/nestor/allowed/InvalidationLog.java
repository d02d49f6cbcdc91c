package org.nestor.allowed;

import org.nestor.smmu.command.InvalidationCommand;

/** The invalidation commands of a run: when each was published, and when software saw that it was complete. */
public final class InvalidationLog {
    private long published;

    /**
     * A command can be consumed from this instant on.
     *
     * @param vmidIgnoredBits number of low VMID bits that matching ignores, by CR0.VMW
     * @return its number, higher than that of every command before it
     */
    public long publish(InvalidationCommand command, int vmidIgnoredBits, long at) {
        return ++published;
    }

    /** Software has seen at this instant that a CMD_SYNC behind the command of this number is complete. */
    public void complete(long number, long at) {}

    /** All caches are known to be empty, as after a reset. */
    public void clear() {}
}
