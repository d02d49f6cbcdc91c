package org.nestor.properties.caching;

import java.util.List;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;

/** Memory whose writes go into a history, each at an instant of its own. */
final class ObservedMemory implements PhysicalMemory {
    private final MemoryHistory history;
    private final Instants instants;

    ObservedMemory(MemoryHistory history, Instants instants) {
        this.history = history;
        this.instants = instants;
    }

    @Override
    public List<MemoryRegion> regions() {
        return history.now().regions();
    }

    @Override
    public long read64(long address) {
        return history.now().read64(address);
    }

    @Override
    public void write64(long address, long value) {
        byte[] data = new byte[8];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (value >>> Byte.SIZE * i);
        }
        write(address, data);
    }

    @Override
    public byte[] read(long address, int length) {
        return history.now().read(address, length);
    }

    @Override
    public void write(long address, byte[] data) {
        history.write(address, data, instants.next());
    }

    @Override
    public void clear() {
        history.clear();
    }
}
