package org.nestor.smmu.format;

/** Where a translation table descriptor holds its output address. */
public final class OutputAddress {
    private static final long BITS_47_0 = (1L << 48) - 1;

    private OutputAddress() {}

    /**
     * The address of a table or of the page or block whose offset has {@code shift} bits: bits [47:shift], and OA[51:48] from
     * bits [15:12] with the 64 KiB granule. Bits below {@code shift} are not part of the address.
     */
    public static long of(long raw, Granule granule, int shift) {
        long lowBits = BITS_47_0 & -1L << shift;
        long low = raw & lowBits;
        return granule == Granule.KB64 ? low | (raw >>> 12 & 0xF) << 48 : low;
    }
}
