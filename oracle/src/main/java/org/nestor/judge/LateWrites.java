package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.Bytes;

/**
 * Writes of the SMMU that may come later than what causes them: MSIs and hardware updates of descriptors. Seeing memory without one
 * does not mean that it will not come.
 */
final class LateWrites {
    private static final int REMEMBERED = 1024;

    private final MemoryHistory memory;
    private final List<Late> writes = new ArrayList<>();

    private record Late(long address, Bytes bytes) {
        boolean overlaps(long other, int length) {
            return address < other + length && other < address + bytes.length();
        }

        boolean same(long other, Bytes data) {
            return address == other && bytes.equals(data);
        }
    }

    LateWrites(MemoryHistory memory) {
        this.memory = memory;
    }

    /**
     * Memory may be written now or later.
     *
     * @throws org.nestor.memory.ExternalAbort if a byte lies outside every region
     */
    void mayWrite(long address, byte[] bytes, long at) {
        memory.mayWrite(address, bytes, at);
        Bytes content = Bytes.of(bytes);
        if (writes.stream().noneMatch(late -> late.same(address, content))) {
            writes.add(new Late(address, content));
        }
        if (writes.size() > REMEMBERED) {
            writes.remove(0);
        }
    }

    /** These bytes were seen. */
    void seen(long address, byte[] data, long at) {
        memory.seen(address, data, at);
        for (Late late : writes) {
            byte[] bytes = late.bytes().toArray();
            if (late.overlaps(address, data.length) && !memory.mayHold(late.address(), bytes)) {
                memory.mayWrite(late.address(), bytes, at);
            }
        }
    }

    /** Whatever was to come has come. */
    void becomeIdle() {
        writes.clear();
    }
}
