package org.nestor.iommu.smmuv3;

import org.nestor.iommu.Prot;
import org.nestor.smmu.format.Granule;

/**
 * The shape and the descriptor bits of a translation table (VMSAv8-64).
 *
 * @param stage2 whether it is of stage 2
 * @param granule page size
 * @param inputBits width of the input address
 * @param outputBits width of the output address
 */
public record PageFormat(boolean stage2, Granule granule, int inputBits, int outputBits) {
    static final int LAST_LEVEL = 3;
    static final long VALID = 1;
    static final long TABLE = 0b11;
    static final long PAGE = 0b11;
    static final long BLOCK = 0b01;
    private static final long ADDRESS = (1L << 48) - 1;
    private static final int MAX_CONCATENATED = 16;
    private static final long AF = 1L << 10;
    private static final long INNER_SHAREABLE = 0b11L << 8;
    private static final long NON_GLOBAL = 1L << 11;
    private static final long S1_UNPRIVILEGED = 1L << 6;
    private static final long S1_READ_ONLY = 1L << 7;
    private static final long S1_NEVER_EXECUTE = 0b11L << 53;
    private static final int S1_ATTRIBUTE_SHIFT = 2;
    private static final long S1_DEVICE_ATTRIBUTE = 1;
    private static final long S2_READ = 1L << 6;
    private static final long S2_WRITE = 1L << 7;
    private static final long S2_NEVER_EXECUTE = 1L << 54;
    private static final long S2_WRITE_BACK = 0b1111L << 2;
    private static final long S2_DEVICE_NGNRE = 0b0001L << 2;

    /** MAIR for the attribute indexes in use: 0 normal Write-Back, 1 Device-nGnRE. */
    static final long MAIR = 0x04FFL;

    int pageShift() {
        return switch (granule) {
            case KB4 -> 12;
            case KB16 -> 14;
            case KB64 -> 16;
        };
    }

    private int levelBits() {
        return pageShift() - 3;
    }

    /** log2 of what a descriptor of a level maps. */
    int leafShift(int level) {
        return pageShift() + (LAST_LEVEL - level) * levelBits();
    }

    private int levels() {
        return (inputBits - pageShift() + levelBits() - 1) / levelBits();
    }

    /** Stage 2 leaves out a first level of at most 16 entries, and concatenates the tables below it. */
    private boolean concatenates() {
        return stage2 && rootBitsOf(LAST_LEVEL + 1 - levels()) <= Integer.numberOfTrailingZeros(MAX_CONCATENATED);
    }

    private int rootBitsOf(int level) {
        return inputBits - leafShift(level);
    }

    int startLevel() {
        return LAST_LEVEL + 1 - levels() + (concatenates() ? 1 : 0);
    }

    /** log2 of the number of descriptors at the start level, concatenated tables together. */
    int rootBits() {
        return rootBitsOf(startLevel());
    }

    /** Index of a descriptor in its table, or in the concatenated tables of the start level. */
    long index(long input, int level) {
        long all = input >>> leafShift(level);
        return level == startLevel() ? all & (1L << rootBits()) - 1 : all & (1L << levelBits()) - 1;
    }

    int tableOrder(int level) {
        return level == startLevel() ? Math.max(rootBits() + 3, 6) : pageShift();
    }

    boolean hasLeafAt(int level) {
        return switch (granule) {
                    case KB4 -> level >= 1;
                    case KB16, KB64 -> level >= 2;
                }
                && level >= startLevel();
    }

    /** The sizes of leaves, a bit for each. */
    public long pageSizes() {
        long sizes = 0;
        for (int level = startLevel(); level <= LAST_LEVEL; level++) {
            sizes |= hasLeafAt(level) ? 1L << leafShift(level) : 0;
        }
        return sizes;
    }

    long pointer(long descriptor) {
        long low = descriptor & ADDRESS & -(1L << pageShift());
        return granule == Granule.KB64 ? low | (descriptor >>> 12 & 0xF) << 48 : low;
    }

    long addressField(long address) {
        return address & ADDRESS | (granule == Granule.KB64 ? (address >>> 48 & 0xF) << 12 : 0);
    }

    long leaf(long address, int level, Prot prot) {
        long type = level == LAST_LEVEL ? PAGE : BLOCK;
        return addressField(address) | type | AF | INNER_SHAREABLE | (stage2 ? stage2(prot) : stage1(prot));
    }

    private static long stage1(Prot prot) {
        return NON_GLOBAL
                | (prot.privileged() ? 0 : S1_UNPRIVILEGED)
                | (prot.write() ? 0 : S1_READ_ONLY)
                | (prot.noExec() ? S1_NEVER_EXECUTE : 0)
                | (prot.mmio() ? S1_DEVICE_ATTRIBUTE << S1_ATTRIBUTE_SHIFT : 0);
    }

    private static long stage2(Prot prot) {
        return (prot.read() ? S2_READ : 0)
                | (prot.write() ? S2_WRITE : 0)
                | (prot.noExec() ? S2_NEVER_EXECUTE : 0)
                | (prot.mmio() ? S2_DEVICE_NGNRE : S2_WRITE_BACK);
    }

    /** TG0 of a CD, S2TG of an STE. */
    int tg0() {
        return switch (granule) {
            case KB4 -> 0;
            case KB16 -> 2;
            case KB64 -> 1;
        };
    }

    /** S2SL0 for the start level. */
    int sl0() {
        return granule == Granule.KB4 ? 2 - startLevel() : 3 - startLevel();
    }
}
