package org.nestor.bench;

import java.util.Arrays;
import java.util.List;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;

/** Memory that keeps the addresses of the doublewords read, so that a workload can say what it read. */
final class RecordingMemory implements PhysicalMemory {
    private final PhysicalMemory memory;
    private long[] addresses = new long[64];
    private int reads;

    RecordingMemory(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** The addresses read since the last call, in order. */
    long[] take() {
        long[] taken = Arrays.copyOf(addresses, reads);
        reads = 0;
        return taken;
    }

    @Override
    public List<MemoryRegion> regions() {
        return memory.regions();
    }

    @Override
    public long read64(long address) {
        if (reads == addresses.length) {
            addresses = Arrays.copyOf(addresses, reads * 2);
        }
        addresses[reads++] = address;
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
