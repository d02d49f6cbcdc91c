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
 */
public record StreamTableShape(long base, int streamIdBits, boolean twoLevel, int split) {
    private static final long ADDRESS = (1L << 52) - 1;

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
