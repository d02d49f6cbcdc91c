package org.nestor.bench;

import java.util.Arrays;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.PhysicalMemory;

/** Memory that keeps the addresses of the doublewords read, so that a workload can say what it read. */
final class RecordingMemory extends ForwardingMemory {
    private long[] addresses = new long[64];
    private int reads;

    RecordingMemory(PhysicalMemory memory) {
        super(memory);
    }

    /** The addresses read since the last call, in order. */
    long[] take() {
        long[] taken = Arrays.copyOf(addresses, reads);
        reads = 0;
        return taken;
    }

    @Override
    public long read64(long address) {
        if (reads == addresses.length) {
            addresses = Arrays.copyOf(addresses, reads * 2);
        }
        addresses[reads++] = address;
        return super.read64(address);
    }
}
