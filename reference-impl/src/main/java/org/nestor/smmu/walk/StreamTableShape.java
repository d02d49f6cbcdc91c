package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.smmu.register.IdRegisters;

/**
 * The stream table as STRTAB_BASE and STRTAB_BASE_CFG describe it (IHI 0070 sections 6.3.23 and 6.3.24).
 *
 * @param base aligned base address
 * @param streamIdBits StreamIDs at or above 2^streamIdBits are out of range
 * @param twoLevel whether the base is that of an array of L1STDs
 * @param split StreamID bits that a level 2 table resolves
 * @param l1 the array of L1STDs
 */
public record StreamTableShape(long base, int streamIdBits, boolean twoLevel, int split, L1 l1) {
    private static final long ADDRESS = (1L << 52) - 1;

    /**
     * The array of L1STDs.
     *
     * @param base aligned base address
     * @param split StreamID bits that do not select an L1STD
     */
    public record L1(long base, int split) {}

    /** A table with its own array of L1STDs. */
    public StreamTableShape(long base, int streamIdBits, boolean twoLevel, int split) {
        this(base, streamIdBits, twoLevel, split, new L1(base, split));
    }

    /** Decodes the registers. Alignment uses the literal LOG2SIZE, the range the one limited to SIDSIZE. */
    @Rule("A-SID-11")
    @Rule("A-SID-12")
    public static StreamTableShape of(GlobalConfiguration registers, IdRegisters id) {
        int log2Size = registers.strtabBaseCfg() & 0x3F;
        int split = registers.strtabBaseCfg() >>> 6 & 0x1F;
        boolean twoLevel = id.stLevel() == 1 && (registers.strtabBaseCfg() >>> 16 & 3) == 1;
        int legalSplit = split == 8 || split == 10 ? split : 6;
        int alignment = twoLevel ? Math.max(6, log2Size - legalSplit + 3) : log2Size + 6;
        long base = alignment > 51 ? 0 : registers.strtabBase() & ADDRESS & -1L << alignment;
        return new StreamTableShape(base, Math.min(log2Size, id.sidSize()), twoLevel, legalSplit);
    }

    /** This table as one sees it who still has the L1STDs of another. */
    StreamTableShape withL1Of(StreamTableShape other) {
        return new StreamTableShape(base, streamIdBits, twoLevel, split, other.l1);
    }

    /** Address of the L1STD for a StreamID. */
    long l1Address(int streamId) {
        return l1.base + 8 * (Integer.toUnsignedLong(streamId) >>> l1.split);
    }

    /** Whether SPLIT or FMT has a value that acts as another. */
    @Rule("A-SID-12")
    static boolean isReserved(GlobalConfiguration registers, IdRegisters id) {
        int split = registers.strtabBaseCfg() >>> 6 & 0x1F;
        int format = registers.strtabBaseCfg() >>> 16 & 3;
        boolean twoLevel = id.stLevel() == 1 && format == 1;
        return format > 1 || twoLevel && split != 6 && split != 8 && split != 10;
    }

    /** Whether the StreamID is within the table. */
    @Rule("A-SID-01")
    public boolean contains(int streamId) {
        return Integer.toUnsignedLong(streamId) >>> streamIdBits == 0;
    }
}
