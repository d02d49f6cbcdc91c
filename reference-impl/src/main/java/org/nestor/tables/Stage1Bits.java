package org.nestor.tables;

/** Bits of stage 1 descriptors (DDI 0487, VMSAv8-64), in place. */
public final class Stage1Bits {
    public static final long AF = 1L << 10;
    public static final long NG = 1L << 11;
    public static final long DBM = 1L << 51;
    public static final long CONTIGUOUS = 1L << 52;
    public static final long PXN = 1L << 53;
    public static final long UXN = 1L << 54;
    public static final long PXN_TABLE = 1L << 59;
    public static final long UXN_TABLE = 1L << 60;

    /** A leaf that anybody may read and write: AF, AP = 01, Inner Shareable, AttrIndx = 0. */
    public static final long READ_WRITE = AF | ap(0b01) | sh(0b11);

    private Stage1Bits() {}

    /** AP[2:1]: 00 privileged RW, 01 RW for both, 10 privileged RO, 11 RO for both. */
    public static long ap(int value) {
        return (long) value << 6;
    }

    /** APTable[1:0]: bit 1 removes write, bit 0 removes unprivileged access. */
    public static long apTable(int value) {
        return (long) value << 61;
    }

    /** AttrIndx[2:0]: the byte of MAIR. */
    public static long attrIndx(int value) {
        return (long) value << 2;
    }

    /** SH[1:0]: 00 NSH, 10 OSH, 11 ISH. */
    public static long sh(int value) {
        return (long) value << 8;
    }
}
