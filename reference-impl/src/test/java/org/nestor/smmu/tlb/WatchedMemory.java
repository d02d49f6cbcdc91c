package org.nestor.smmu.tlb;

import java.util.OptionalLong;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.SparseMemory;

/** Memory that counts reads of doublewords and can abort those of one page. */
final class WatchedMemory extends ForwardingMemory {
    private OptionalLong aborting = OptionalLong.empty();
    private int reads;

    WatchedMemory() {
        super(SparseMemory.ram(0, 1L << 30));
    }

    void abortPageOf(long address) {
        aborting = OptionalLong.of(address >>> 12);
    }

    void abortNothing() {
        aborting = OptionalLong.empty();
    }

    int takeReads() {
        int count = reads;
        reads = 0;
        return count;
    }

    @Override
    public long read64(long address) {
        reads++;
        if (aborting.isPresent() && aborting.getAsLong() == address >>> 12) {
            throw new ExternalAbort(address);
        }
        return super.read64(address);
    }
}
