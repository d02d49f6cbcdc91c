package org.nestor.tables;

/** STEs one after the other. */
public final class LinearStreamTable implements StreamTable {
    private static final int STE_BYTES = 64;

    private final TableSpace space;
    private final int log2Size;
    private final long address;

    /** A table of 2^{@code log2Size} STEs, all of them invalid. */
    public LinearStreamTable(TableSpace space, int log2Size) {
        this.space = space;
        this.log2Size = log2Size;
        this.address = space.allocate((long) STE_BYTES << log2Size, STE_BYTES);
    }

    /** Physical address of the STE of a StreamID. */
    public long steAddress(int streamId) {
        return address + STE_BYTES * Integer.toUnsignedLong(streamId);
    }

    @Override
    public long strtabBase() {
        return address;
    }

    @Override
    public int strtabBaseCfg() {
        return log2Size;
    }

    @Override
    public long put(int streamId, Ste ste) {
        space.write(steAddress(streamId), ste.line());
        return steAddress(streamId);
    }
}
