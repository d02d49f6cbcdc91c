package org.nestor.tables;

/** Bits of stage 2 descriptors (DDI 0487, VMSAv8-64), in place. */
public final class Stage2Bits {
    public static final long AF = 1L << 10;
    public static final long DBM = 1L << 51;
    public static final long CONTIGUOUS = 1L << 52;

    /** A leaf that may be read, written and executed: AF, S2AP = 11, Inner Shareable, MemAttr Write-Back. */
    public static final long READ_WRITE = AF | s2ap(0b11) | sh(0b11) | memAttr(0b1111);

    private Stage2Bits() {}

    /** S2AP[1:0]: bit 0 read, bit 1 write. */
    public static long s2ap(int value) {
        return (long) value << 6;
    }

    /** MemAttr[3:0]. */
    public static long memAttr(int value) {
        return (long) value << 2;
    }

    /** SH[1:0]: 00 NSH, 10 OSH, 11 ISH. */
    public static long sh(int value) {
        return (long) value << 8;
    }

    /** XN[1:0] in bits [54:53]. */
    public static long xn(int value) {
        return (long) value << 53;
    }
}
