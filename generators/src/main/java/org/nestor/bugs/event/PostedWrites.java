package org.nestor.bugs.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;

/** Memory whose writes are kept on their way, in order, until they are let through. */
public final class PostedWrites implements PhysicalMemory {
    private final PhysicalMemory memory;
    private final Map<Long, Long> waiting = new LinkedHashMap<>();

    public PostedWrites(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** Everything on its way arrives. */
    public void drain() {
        waiting.forEach(memory::write64);
        waiting.clear();
    }

    @Override
    public List<MemoryRegion> regions() {
        return memory.regions();
    }

    @Override
    public long read64(long address) {
        return memory.read64(address);
    }

    /** An address that does not answer is refused at once. */
    @Override
    public void write64(long address, long value) {
        memory.read64(address);
        waiting.remove(address);
        waiting.put(address, value);
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
        waiting.clear();
        memory.clear();
    }
}
