package org.nestor.bugs.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.PhysicalMemory;

/** Memory whose writes are kept on their way, in order, until they are let through. */
public final class PostedWrites extends ForwardingMemory {
    private final Map<Long, Long> waiting = new LinkedHashMap<>();

    public PostedWrites(PhysicalMemory memory) {
        super(memory);
    }

    /** Everything on its way arrives. */
    public void drain() {
        waiting.forEach(super::write64);
        waiting.clear();
    }

    /** An address that does not answer is refused at once. */
    @Override
    public void write64(long address, long value) {
        read64(address);
        waiting.remove(address);
        waiting.put(address, value);
    }

    @Override
    public void clear() {
        waiting.clear();
        super.clear();
    }
}
