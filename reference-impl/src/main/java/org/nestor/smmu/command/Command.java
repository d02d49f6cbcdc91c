package org.nestor.smmu.command;

import org.nestor.smmu.transaction.PageResponse;

/** A decoded, legal command of the Non-secure command queue (IHI 0070 chapter 4). */
public sealed interface Command permits InvalidationCommand, Command.Other {

    /** The commands that remove nothing from the SMMU's own caches. */
    sealed interface Other extends Command {}

    /** CMD_PREFETCH_CONFIG. */
    record PrefetchConfig(int streamId, boolean ssv, int substreamId) implements Other {}

    /** CMD_PREFETCH_ADDR. Size and Stride are not decoded: only the first address is prefetched. */
    record PrefetchAddr(int streamId, boolean ssv, int substreamId, long address) implements Other {}

    /**
     * CMD_ATC_INV.
     *
     * @param ssv whether {@code substreamId} limits the invalidation
     * @param global the PCIe Global Invalidate flag; never set without {@code ssv}
     * @param address first address, a multiple of the span; 0 if {@code size} is 52
     * @param size the span is 2^size pages of 4 KiB; 52 is everything
     */
    record AtcInv(int streamId, boolean ssv, int substreamId, boolean global, long address, int size)
            implements Other {}

    /** CMD_PRI_RESP. */
    record PriResp(PageResponse response) implements Other {}

    /**
     * CMD_RESUME.
     *
     * @param retry Ac
     * @param abort Ab; without effect if {@code retry}
     */
    record Resume(int streamId, int stag, boolean retry, boolean abort) implements Other {}

    /** CMD_STALL_TERM. */
    record StallTerm(int streamId) implements Other {}

    /** CMD_SYNC. MSIAddress is in place, bits [51:2]. */
    record Sync(Signal signal, long msiAddress, int msiData) implements Other {}

    /** CMD_SYNC.CS, in the order of its encoding. */
    enum Signal {
        NONE,
        IRQ,
        SEV
    }
}
