package org.nestor.smmu.tlb;

import java.util.List;
import java.util.OptionalLong;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;

/** Memory that counts reads of doublewords and can abort those of one page. */
final class WatchedMemory implements PhysicalMemory {
    private final PhysicalMemory memory = SparseMemory.ram(0, 1L << 30);
    private OptionalLong aborting = OptionalLong.empty();
    private int reads;

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
    public List<MemoryRegion> regions() {
        return memory.regions();
    }

    @Override
    public long read64(long address) {
        reads++;
        if (aborting.isPresent() && aborting.getAsLong() == address >>> 12) {
            throw new ExternalAbort(address);
        }
        return memory.read64(address);
    }

    @Override
    public void write64(long address, long value) {
        memory.write64(address, value);
    }

    @Override
    public byte[] read(long address, int length) {
        return memory.read(address, length);
    }

    @Override
    public void write(long address, byte[] data) {
        memory.write(address, data);
    }

    @Override
    public void clear() {
        memory.clear();
    }
}
