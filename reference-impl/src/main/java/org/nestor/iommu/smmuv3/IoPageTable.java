package org.nestor.iommu.smmuv3;

import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.iommu.Errno;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;

/** A translation table that a driver maintains in memory. */
public final class IoPageTable {
    private static final Refusal OCCUPIED = Refusal.of(Errno.EEXIST, "R-MAP-05");
    private static final Refusal NO_MEMORY = Refusal.of(Errno.ENOMEM, "R-ATT-07");

    private final PhysicalMemory memory;
    private final PageAllocator pages;
    private final PageFormat format;
    private final long root;

    /** Removes what hardware may remember of a block that is about to be split. */
    @FunctionalInterface
    public interface BlockFlush {
        void flush(long input, long size);
    }

    private IoPageTable(PhysicalMemory memory, PageAllocator pages, PageFormat format, long root) {
        this.memory = memory;
        this.pages = pages;
        this.format = format;
        this.root = root;
    }

    /** An empty table, or nothing if memory is short. */
    public static Optional<IoPageTable> create(PhysicalMemory memory, PageAllocator pages, PageFormat format) {
        OptionalLong root = pages.allocate(format.tableOrder(format.startLevel()));
        return root.isEmpty()
                ? Optional.empty()
                : Optional.of(new IoPageTable(memory, pages, format, root.getAsLong()));
    }

    public PageFormat format() {
        return format;
    }

    /** Physical address of the first table. */
    public long root() {
        return root;
    }

    /** Maps a range in the largest leaves that fit. What was mapped before a refusal is taken back. */
    @Rule("R-MAP-01")
    @Rule("R-MAP-05")
    public Optional<Refusal> map(long input, long output, long size, Prot prot) {
        long done = 0;
        while (done < size) {
            int level = leafLevel(input + done, output + done, size - done);
            Optional<Refusal> refusal = mapLeaf(input + done, output + done, level, prot);
            if (refusal.isPresent()) {
                unmap(input, done, (at, length) -> {});
                return refusal;
            }
            done += 1L << format.leafShift(level);
        }
        return Optional.empty();
    }

    private int leafLevel(long input, long output, long left) {
        for (int level = format.startLevel(); level < PageFormat.LAST_LEVEL; level++) {
            long span = 1L << format.leafShift(level);
            boolean fits = ((input | output) & span - 1) == 0 && left >= span;
            if (fits && format.hasLeafAt(level) && !isTable(input, level)) {
                return level;
            }
        }
        return PageFormat.LAST_LEVEL;
    }

    private boolean isTable(long input, int level) {
        long table = root;
        for (int at = format.startLevel(); at < level; at++) {
            long descriptor = memory.read64(slot(table, input, at));
            if ((descriptor & PageFormat.TABLE) != PageFormat.TABLE) {
                return false;
            }
            table = format.pointer(descriptor);
        }
        return (memory.read64(slot(table, input, level)) & PageFormat.TABLE) == PageFormat.TABLE;
    }

    private Optional<Refusal> mapLeaf(long input, long output, int level, Prot prot) {
        long table = root;
        for (int at = format.startLevel(); at < level; at++) {
            long slot = slot(table, input, at);
            long descriptor = memory.read64(slot);
            if ((descriptor & PageFormat.VALID) == 0) {
                OptionalLong next = pages.allocate(format.tableOrder(at + 1));
                if (next.isEmpty()) {
                    return Optional.of(NO_MEMORY);
                }
                descriptor = format.addressField(next.getAsLong()) | PageFormat.TABLE;
                memory.write64(slot, descriptor);
            } else if ((descriptor & PageFormat.TABLE) != PageFormat.TABLE) {
                return Optional.of(OCCUPIED);
            }
            table = format.pointer(descriptor);
        }
        long slot = slot(table, input, level);
        if ((memory.read64(slot) & PageFormat.VALID) != 0) {
            return Optional.of(OCCUPIED);
        }
        memory.write64(slot, format.leaf(output, level, prot));
        return Optional.empty();
    }

    private long slot(long table, long input, int level) {
        return table + 8 * format.index(input, level);
    }

    /** Unmaps a range up to the first address that is not mapped, and tells how many bytes it was. */
    @Rule("R-MAP-06")
    public long unmap(long input, long size, BlockFlush flush) {
        long done = 0;
        while (done < size) {
            long step = unmapLeaf(input + done, size - done, flush);
            if (step == 0) {
                return done;
            }
            done += step;
        }
        return done;
    }

    private long unmapLeaf(long input, long left, BlockFlush flush) {
        long table = root;
        for (int level = format.startLevel(); level <= PageFormat.LAST_LEVEL; level++) {
            long slot = slot(table, input, level);
            long descriptor = memory.read64(slot);
            if ((descriptor & PageFormat.VALID) == 0) {
                return 0;
            }
            boolean leaf = level == PageFormat.LAST_LEVEL || (descriptor & PageFormat.TABLE) == PageFormat.BLOCK;
            long span = 1L << format.leafShift(level);
            if (leaf && (input & span - 1) == 0 && left >= span) {
                memory.write64(slot, 0);
                return span;
            } else if (leaf && !split(slot, descriptor, input, level, flush)) {
                return 0;
            }
            table = format.pointer(memory.read64(slot));
        }
        throw new IllegalStateException("a table of level " + PageFormat.LAST_LEVEL + " has no tables below it");
    }

    /** Replaces a block by a table of smaller leaves, with a break before the make. */
    private boolean split(long slot, long block, long input, int level, BlockFlush flush) {
        OptionalLong table = pages.allocate(format.tableOrder(level + 1));
        if (table.isEmpty()) {
            return false;
        }
        int child = level + 1;
        long span = 1L << format.leafShift(child);
        boolean pagesBelow = child == PageFormat.LAST_LEVEL;
        long first = pagesBelow ? block | PageFormat.PAGE : block;
        for (long i = 0; i < 1L << format.leafShift(level) - format.leafShift(child); i++) {
            memory.write64(table.getAsLong() + 8 * i, first + i * span);
        }
        memory.write64(slot, 0);
        long whole = 1L << format.leafShift(level);
        flush.flush(input & -whole, whole);
        memory.write64(slot, format.addressField(table.getAsLong()) | PageFormat.TABLE);
        return true;
    }

    /** Where an address is mapped to. */
    public OptionalLong lookUp(long input) {
        long table = root;
        for (int level = format.startLevel(); level <= PageFormat.LAST_LEVEL; level++) {
            long descriptor = memory.read64(slot(table, input, level));
            if ((descriptor & PageFormat.VALID) == 0) {
                return OptionalLong.empty();
            }
            if (level == PageFormat.LAST_LEVEL || (descriptor & PageFormat.TABLE) == PageFormat.BLOCK) {
                long inside = (1L << format.leafShift(level)) - 1;
                return OptionalLong.of(format.pointer(descriptor) & ~inside | input & inside);
            }
            table = format.pointer(descriptor);
        }
        return OptionalLong.empty();
    }

    /** Gives all tables back. */
    public void free() {
        free(root, format.startLevel());
    }

    private void free(long table, int level) {
        if (level < PageFormat.LAST_LEVEL) {
            long entries = 1L << format.tableOrder(level) - 3;
            for (long i = 0; i < entries; i++) {
                long descriptor = memory.read64(table + 8 * i);
                if ((descriptor & PageFormat.TABLE) == PageFormat.TABLE) {
                    free(format.pointer(descriptor), level + 1);
                }
            }
        }
        pages.release(table, format.tableOrder(level));
    }
}
