package org.nestor.smmu.config;

import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;

/**
 * The shape of one translation table.
 *
 * @param granule page size
 * @param inputBits width of the input address that the table resolves
 * @param startLevel level of the first look-up, 0 to 3
 * @param base address of the first descriptor, aligned to the whole (possibly concatenated) start level table
 * @param outputBits output addresses at or above 2^outputBits fault
 * @param bigEndian byte order of descriptors
 */
public record TableGeometry(
        Granule granule, int inputBits, int startLevel, long base, int outputBits, boolean bigEndian) {

    /** The start level of stage 1: the fewest levels that resolve the input address. */
    @Rule("A-WLK-01")
    public static int stage1StartLevel(Granule granule, int inputBits) {
        int bits = inputBits - granule.shift();
        int levels = (bits + granule.bitsPerLevel() - 1) / granule.bitsPerLevel();
        return 4 - Math.max(1, levels);
    }

    /** The start level of stage 2 as S2SL0 selects it; -1 where the value is reserved. */
    @Rule("A-WLK-03")
    public static int stage2StartLevel(Granule granule, int sl0, boolean smallTables) {
        if (sl0 == 3) {
            return granule == Granule.KB4 && smallTables ? 3 : -1;
        }
        return granule == Granule.KB4 ? 2 - sl0 : 3 - sl0;
    }

    /** The same shape with the table elsewhere. */
    TableGeometry at(long otherBase) {
        return new TableGeometry(granule, inputBits, startLevel, otherBase, outputBits, bigEndian);
    }

    /** Whether the same descriptors mean the same, wherever the table is. */
    public boolean readsAlike(TableGeometry other) {
        return at(other.base).equals(other);
    }

    /** log2 of the bytes that the start level table occupies, concatenated tables together. */
    public int startTableShift() {
        return inputBits - granule.coverage(startLevel) + 3;
    }

    /** Address of the descriptor that resolves {@code inputAddress} at {@code level} in the table at {@code table}. */
    @Rule("A-WLK-02")
    public long descriptorAddress(long table, int level, long inputAddress) {
        int top = level == startLevel ? inputBits : granule.coverage(level) + granule.bitsPerLevel();
        long index = (inputAddress & (1L << top) - 1) >>> granule.coverage(level);
        return table + 8 * index;
    }

    /** A descriptor with bit 0 lowest, from the doubleword as memory holds it. */
    @Rule("A-WLK-08")
    public long inRegisterOrder(long stored) {
        return bigEndian ? Long.reverseBytes(stored) : stored;
    }

    /** The doubleword as memory holds it, from a descriptor with bit 0 lowest. */
    @Rule("A-WLK-08")
    public long inMemoryOrder(long raw) {
        return bigEndian ? Long.reverseBytes(raw) : raw;
    }

    /** Whether a table at this level may hold block descriptors. */
    @Rule("A-WLK-05")
    public boolean blocksAllowed(int level, boolean largeAddresses) {
        return switch (granule) {
            case KB4 -> level == 1 || level == 2;
            case KB16 -> level == 2;
            case KB64 -> level == 2 || (level == 1 && largeAddresses);
        };
    }
}
