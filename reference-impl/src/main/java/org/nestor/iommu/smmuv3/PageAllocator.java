package org.nestor.iommu.smmuv3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.nestor.memory.PhysicalMemory;

/** The host's memory for tables and queues: pieces of 2^n bytes, aligned to their size, zeroed, and given back. */
public final class PageAllocator {
    private final PhysicalMemory memory;
    private final long limit;
    private final Map<Integer, Deque<Long>> free = new HashMap<>();
    private long next;
    private long used;

    /** Hands out the range of physical addresses from base up to limit. */
    public PageAllocator(PhysicalMemory memory, long base, long limit) {
        this.memory = memory;
        this.next = base;
        this.limit = limit;
    }

    /** A piece of 2^order bytes, or nothing if memory is short. */
    OptionalLong allocate(int order) {
        long size = 1L << order;
        Deque<Long> pieces = free.get(order);
        long address;
        if (pieces != null && !pieces.isEmpty()) {
            address = pieces.pop();
            zero(address, size);
        } else {
            address = next + size - 1 & -size;
            if (address + size > limit) {
                return OptionalLong.empty();
            }
            next = address + size;
        }
        used += size;
        return OptionalLong.of(address);
    }

    private void zero(long address, long size) {
        for (long at = address; at < address + size; at += Long.BYTES) {
            memory.write64(at, 0);
        }
    }

    void release(long address, int order) {
        free.computeIfAbsent(order, o -> new ArrayDeque<>()).push(address);
        used -= 1L << order;
    }

    /** How many bytes are handed out. */
    public long used() {
        return used;
    }
}
