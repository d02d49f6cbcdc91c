package org.nestor.memory;

import java.util.List;

/** Memory that is another one, but for what a subclass does beside or instead. */
public abstract class ForwardingMemory implements PhysicalMemory {
    private final PhysicalMemory memory;

    /**
     * @param memory answers what is not overridden
     */
    protected ForwardingMemory(PhysicalMemory memory) {
        this.memory = memory;
    }

    @Override
    public List<MemoryRegion> regions() {
        return memory.regions();
    }

    @Override
    public long read64(long address) {
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
