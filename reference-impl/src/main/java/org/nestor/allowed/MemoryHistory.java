package org.nestor.allowed;

import java.util.Arrays;
import java.util.List;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;

/** Physical memory as somebody outside an SMMU knows it: what each doubleword holds, may hold, and held before. */
public final class MemoryHistory {
    private final SparseMemory now;

    public MemoryHistory(List<MemoryRegion> regions) {
        this.now = new SparseMemory(regions);
    }

    /** What memory is taken to hold now. Not to be written through this view. */
    public PhysicalMemory now() {
        return now;
    }

    /**
     * Memory was written.
     *
     * @param at the instant
     * @throws org.nestor.memory.ExternalAbort if a byte lies outside every region; then nothing was written
     */
    public void write(long address, byte[] data, long at) {
        now.write(address, data);
    }

    /**
     * Memory may have been written, at this instant or at any later one: it holds these bytes, or what it held.
     *
     * @throws org.nestor.memory.ExternalAbort if a byte lies outside every region
     */
    public void mayWrite(long address, byte[] data, long at) {
        now.write(address, data);
    }

    /** Whether memory may hold these bytes now. */
    public boolean mayHold(long address, byte[] data) {
        return Arrays.equals(now.read(address, data.length), data);
    }

    /** These bytes were seen in memory, which ends all doubt about them. */
    public void seen(long address, byte[] data, long at) {
        now.write(address, data);
    }

    /** Every byte is zero, and nothing was ever anything else. */
    public void clear() {
        now.clear();
    }
}
