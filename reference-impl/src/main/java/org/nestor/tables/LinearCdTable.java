package org.nestor.tables;

/** CDs one after the other: a single one, or one for each SubstreamID. */
public final class LinearCdTable implements CdTable {
    private static final int CD_BYTES = 64;

    private final TableSpace space;
    private final int s1CdMax;
    private final long address;

    /** A table of 2^{@code s1CdMax} CDs, all of them invalid. */
    public LinearCdTable(TableSpace space, int s1CdMax) {
        this.space = space;
        this.s1CdMax = s1CdMax;
        this.address = space.allocate((long) CD_BYTES << s1CdMax, CD_BYTES);
    }

    /** A table that holds one CD. */
    public static LinearCdTable single(TableSpace space, Cd cd) {
        LinearCdTable table = new LinearCdTable(space, 0);
        table.put(0, cd);
        return table;
    }

    /** Physical address of the CD of a SubstreamID. */
    public long cdAddress(int substreamId) {
        return address + (long) CD_BYTES * substreamId;
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
        return 0;
    }

    @Override
    public long put(int substreamId, Cd cd) {
        space.write(cdAddress(substreamId), cd.line());
        return cdAddress(substreamId);
    }
}
