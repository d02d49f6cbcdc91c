package org.nestor.smmu.format;

/** A translation granule of VMSAv8-64. */
public enum Granule {
    KB4(12),
    KB16(14),
    KB64(16);

    private final int shift;

    Granule(int shift) {
        this.shift = shift;
    }

    /** log2 of the page size in bytes. */
    public int shift() {
        return shift;
    }

    /** Input address bits that one full table resolves. */
    public int bitsPerLevel() {
        return shift - 3;
    }

    /** log2 of the bytes that one descriptor of a level covers. Levels count from 0 (top) to 3 (pages). */
    public int coverage(int level) {
        return shift + (3 - level) * bitsPerLevel();
    }
}
