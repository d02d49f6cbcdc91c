package org.nestor.generators.play;

import java.util.Arrays;
import java.util.List;
import org.nestor.generators.scenario.Action;
import org.nestor.memory.Bytes;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.format.Line;

/**
 * Memory as software believes it to be: what it wrote itself. Each write becomes an action; before {@link #live()} the writes are
 * gathered, so that the image of a set-up is a few long writes.
 */
final class ScriptMemory extends ForwardingMemory {
    private static final int LONGEST_GAP = 32;
    private static final int LONGEST_WRITE = 4096;

    private final Script script;
    private long[] written = new long[256];
    private int count;
    private boolean live;

    ScriptMemory(List<MemoryRegion> regions, Script script) {
        super(new SparseMemory(regions));
        this.script = script;
    }

    /** Writes out what was gathered. From now on each write is an action of its own. */
    void live() {
        Arrays.sort(written, 0, count);
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count
                    && written[to] - written[to - 1] <= LONGEST_GAP
                    && written[to] - written[from] < LONGEST_WRITE) {
                to++;
            }
            flush(written[from], written[to - 1] + Long.BYTES);
            from = to;
        }
        count = 0;
        live = true;
    }

    private void flush(long start, long end) {
        long[] words = new long[(int) (end - start) / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = read64(start + (long) Long.BYTES * i);
        }
        script.store(start, words);
    }

    @Override
    public void write64(long address, long value) {
        super.write64(address, value);
        if (live) {
            script.store(address, value);
        } else {
            remember(address);
        }
    }

    private void remember(long address) {
        if (count == written.length) {
            written = Arrays.copyOf(written, 2 * count);
        }
        written[count++] = address;
    }

    /** Writes several doublewords as one action. */
    void write(long address, long... words) {
        for (int i = 0; i < words.length; i++) {
            long at = address + (long) Long.BYTES * i;
            super.write64(at, words[i]);
            if (!live) {
                remember(at);
            }
        }
        if (live) {
            script.store(address, words);
        }
    }

    /** Writes a structure as one action. */
    void write(long address, Line line) {
        write(address, line.dw0(), line.dw1(), line.dw2(), line.dw3(), line.dw4(), line.dw5(), line.dw6(), line.dw7());
    }

    @Override
    public void write(long address, byte[] data) {
        super.write(address, data);
        if (live) {
            script.add(new Action.MemWrite(address, Bytes.of(data)));
        } else {
            for (long at = address & -Long.BYTES; at < address + data.length; at += Long.BYTES) {
                remember(at);
            }
        }
    }

    /** The doublewords of a structure, as a line, that software believes to be there. */
    Line line(long address) {
        return Line.of(index -> read64(address + (long) Long.BYTES * index));
    }

    @Override
    public void clear() {
        super.clear();
        count = 0;
        live = false;
    }
}
