package org.nestor.tables;

import java.util.HashMap;
import java.util.Map;

/** L1STDs that point to leaf tables of STEs. */
public final class TwoLevelStreamTable implements StreamTable {
    private static final int STE_BYTES = 64;
    private static final int L1STD_BYTES = 8;
    private static final int SMALLEST = 64;
    private static final int FMT_TWO_LEVEL = 1 << 16;

    private final TableSpace space;
    private final int log2Size;
    private final int split;
    private final long address;
    private final Map<Long, Long> leaves = new HashMap<>();

    /**
     * A table without leaf tables.
     *
     * @param log2Size StreamID bits that the table covers
     * @param split StreamID bits that a leaf table resolves: 6, 8 or 10
     */
    public TwoLevelStreamTable(TableSpace space, int log2Size, int split) {
        this.space = space;
        this.log2Size = log2Size;
        this.split = split;
        this.address = space.allocate((long) L1STD_BYTES << Math.max(0, log2Size - split), SMALLEST);
    }

    /** Physical address of the L1STD that serves a StreamID. */
    public long l1Address(int streamId) {
        return address + L1STD_BYTES * l1Index(streamId);
    }

    /**
     * Physical address of the STE of a StreamID.
     *
     * @throws IllegalStateException if its leaf table was not made yet
     */
    public long steAddress(int streamId) {
        Long leaf = leaves.get(l1Index(streamId));
        if (leaf == null) {
            throw new IllegalStateException("no leaf table for StreamID " + Integer.toUnsignedString(streamId));
        }
        return leaf + STE_BYTES * (Integer.toUnsignedLong(streamId) % (1L << split));
    }

    /**
     * Makes the leaf table that serves a StreamID, of 2^({@code span}-1) STEs, all of them invalid.
     *
     * @param span what the L1STD says; 1 to 11
     */
    public long addLeaf(int streamId, int span) {
        long leaf = space.allocate((long) STE_BYTES << span - 1, STE_BYTES);
        space.memory().write64(l1Address(streamId), leaf | span);
        leaves.put(l1Index(streamId), leaf);
        return leaf;
    }

    private long l1Index(int streamId) {
        return Integer.toUnsignedLong(streamId) / (1L << split);
    }

    @Override
    public long strtabBase() {
        return address;
    }

    @Override
    public int strtabBaseCfg() {
        return FMT_TWO_LEVEL | split << 6 | log2Size;
    }

    /** Makes a full leaf table if there is none. */
    @Override
    public long put(int streamId, Ste ste) {
        if (!leaves.containsKey(l1Index(streamId))) {
            addLeaf(streamId, split + 1);
        }
        space.write(steAddress(streamId), ste.line());
        return steAddress(streamId);
    }
}
