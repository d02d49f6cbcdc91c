package org.nestor.iommu.smmuv3;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** The host's stream table, of 2 levels if the SMMU has them. A part of the table is filled with abort STEs before it is linked in. */
final class StreamTableSoftware {
    private static final int STE_ORDER = 6;
    private static final int SPLIT = 8;
    private static final int MAX_LINEAR = 16;
    private static final int TWO_LEVELS = 1;
    private static final long ABORT_DW0 = SteImage.V;
    private static final Refusal NO_MEMORY = Refusal.of(Errno.ENOMEM, "R-ATT-07");
    private static final Refusal NO_SUCH_STREAM = Refusal.of(Errno.ERANGE, "R-ATT-01");

    private final PhysicalMemory memory;
    private final PageAllocator pages;
    private final int sidBits;
    private final boolean twoLevels;
    private final Map<Integer, Long> leaves = new HashMap<>();
    private long base;

    StreamTableSoftware(SmmuPort port, PageAllocator pages, IdRegisters ids) {
        this.memory = port.memory();
        this.pages = pages;
        this.twoLevels = ids.stLevel() == TWO_LEVELS && ids.sidSize() > SPLIT;
        this.sidBits = twoLevels ? ids.sidSize() : Math.min(ids.sidSize(), MAX_LINEAR);
    }

    void start(SmmuPort port) {
        int order = twoLevels ? Math.max(sidBits - SPLIT + 3, STE_ORDER) : sidBits + STE_ORDER;
        base = pages.allocate(order).orElseThrow();
        if (!twoLevels) {
            fill(base, 1L << sidBits);
        }
        port.write(Register.STRTAB_BASE, base);
        long format = twoLevels ? 1L << 16 | SPLIT << 6 : 0;
        port.write(Register.STRTAB_BASE_CFG, format | sidBits);
    }

    private void fill(long table, long entries) {
        for (long i = 0; i < entries; i++) {
            memory.write64(table + (i << STE_ORDER), ABORT_DW0);
            memory.write64(table + (i << STE_ORDER) + 8, SteImage.SHCFG_INCOMING);
        }
    }

    /** Makes sure that the table has an entry for a StreamID. */
    Result<Done> install(int streamId) {
        if (Integer.toUnsignedLong(streamId) >>> sidBits != 0) {
            return NO_SUCH_STREAM.result();
        }
        int index = streamId >>> SPLIT;
        if (!twoLevels || leaves.containsKey(index)) {
            return Done.OK;
        }
        OptionalLong leaf = pages.allocate(SPLIT + STE_ORDER);
        if (leaf.isEmpty()) {
            return NO_MEMORY.result();
        }
        fill(leaf.getAsLong(), 1L << SPLIT);
        leaves.put(index, leaf.getAsLong());
        memory.write64(base + 8L * index, leaf.getAsLong() | SPLIT + 1);
        return Done.OK;
    }

    /** Physical address of the entry of an installed StreamID. */
    long entry(int streamId) {
        long table = twoLevels ? leaves.getOrDefault(streamId >>> SPLIT, 0L) : base;
        long index = twoLevels ? streamId & (1 << SPLIT) - 1 : streamId;
        return table + (index << STE_ORDER);
    }
}
