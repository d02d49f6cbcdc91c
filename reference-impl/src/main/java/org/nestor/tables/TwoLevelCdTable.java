package org.nestor.tables;

import java.util.HashMap;
import java.util.Map;

/** L1CDs that point to leaf tables of 64 CDs (4 KiB) or 1024 CDs (64 KiB). */
public final class TwoLevelCdTable implements CdTable {
    private static final int CD_BYTES = 64;
    private static final int L1CD_BYTES = 8;
    private static final int SMALLEST = 64;

    private final TableSpace space;
    private final int s1CdMax;
    private final int leafCds;
    private final long address;
    private final Map<Integer, Long> leaves = new HashMap<>();

    private TwoLevelCdTable(TableSpace space, int s1CdMax, int leafCds) {
        this.space = space;
        this.s1CdMax = s1CdMax;
        this.leafCds = leafCds;
        long l1Cds = Math.max(1, (1L << s1CdMax) / leafCds);
        this.address = space.allocate(L1CD_BYTES * l1Cds, SMALLEST);
    }

    /** S1Fmt = 0b01: leaf tables of 4 KiB. */
    public static TwoLevelCdTable of4K(TableSpace space, int s1CdMax) {
        return new TwoLevelCdTable(space, s1CdMax, 64);
    }

    /** S1Fmt = 0b10: leaf tables of 64 KiB. */
    public static TwoLevelCdTable of64K(TableSpace space, int s1CdMax) {
        return new TwoLevelCdTable(space, s1CdMax, 1024);
    }

    /** Physical address of the L1CD that serves a SubstreamID. */
    public long l1Address(int substreamId) {
        return address + (long) L1CD_BYTES * (substreamId / leafCds);
    }

    /**
     * Physical address of the CD of a SubstreamID.
     *
     * @throws IllegalStateException if its leaf table was not made yet
     */
    public long cdAddress(int substreamId) {
        Long leaf = leaves.get(substreamId / leafCds);
        if (leaf == null) {
            throw new IllegalStateException("no leaf table for SubstreamID " + substreamId);
        }
        return leaf + (long) CD_BYTES * (substreamId % leafCds);
    }

    @Override
    public long s1ContextPtr() {
        return space.pointer(address);
    }

    @Override
    public int s1CdMax() {
        return s1CdMax;
    }

    @Override
    public int s1Fmt() {
        return leafCds == 64 ? 0b01 : 0b10;
    }

    /** Makes the leaf table if there is none. */
    @Override
    public long put(int substreamId, Cd cd) {
        leaves.computeIfAbsent(substreamId / leafCds, index -> newLeaf(substreamId));
        space.write(cdAddress(substreamId), cd.line());
        return cdAddress(substreamId);
    }

    private long newLeaf(int substreamId) {
        long leaf = space.allocate((long) CD_BYTES * leafCds, SMALLEST);
        space.memory().write64(l1Address(substreamId), space.pointer(leaf) | 1);
        return leaf;
    }
}
