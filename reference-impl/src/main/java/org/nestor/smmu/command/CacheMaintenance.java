package org.nestor.smmu.command;

/** What the command queue may ask of the caches. */
public interface CacheMaintenance {

    /**
     * Starts an invalidation. It is guaranteed to be complete only after {@link #synchronise()}.
     *
     * @param vmidIgnoredBits number of low VMID bits that matching ignores (CR0.VMW), 0 to 4
     */
    void invalidate(InvalidationCommand command, int vmidIgnoredBits);

    /** Completes every invalidation started so far: what CMD_SYNC waits for. */
    void synchronise();

    /** CMD_PREFETCH_CONFIG: a hint. */
    void prefetchConfiguration(int streamId, int substreamId);

    /** CMD_PREFETCH_ADDR: a hint. */
    void prefetchAddress(int streamId, int substreamId, long address);
}
