package org.nestor.iommu.smmuv3;

import org.nestor.smmu.format.Line;

/**
 * The four doublewords of an STE that the driver writes.
 *
 * @param dw0 V, Config and the stage 1 part
 * @param dw1 attributes
 * @param dw2 VMID and the stage 2 translation control
 * @param dw3 the stage 2 table
 */
public record SteImage(long dw0, long dw1, long dw2, long dw3) {
    static final long V = 1;
    static final int CONFIG_SHIFT = 1;
    static final long CONFIG_MASK = 0b111L << CONFIG_SHIFT;
    public static final int ABORT = 0;
    public static final int BYPASS = 4;
    static final int STAGE1 = 5;
    public static final int STAGE2 = 6;
    static final int NESTED = 7;
    static final long CONTEXT_POINTER = (1L << 52) - (1L << 6);
    static final long TABLE_POINTER = (1L << 52) - (1L << 4);

    /** S1DSS = SSID0, S1CIR = S1COR = WBRA, S1CSH = ISH. */
    static final long STAGE1_ATTRIBUTES = 0xD6;

    static final long S1STALLD = 1L << 27;
    public static final long EATS_TRANS = 1L << 28;
    public static final long MEV = 1L << 19;
    static final long STRW_EL2 = 2L << 30;
    public static final long SHCFG_INCOMING = 1L << 44;
    static final long S2AA64 = 1L << 51;
    static final long S2PTW = 1L << 54;
    static final long S2R = 1L << 58;

    static long configured(int config) {
        return V | (long) config << CONFIG_SHIFT;
    }

    /** The image of an STE in memory. */
    static SteImage of(Line line) {
        return new SteImage(line.dw0(), line.dw1(), line.dw2(), line.dw3());
    }

    Line line() {
        return new Line(dw0, dw1, dw2, dw3, 0, 0, 0, 0);
    }

    /** The same with another doubleword 0. */
    public SteImage withDw0(long word) {
        return new SteImage(word, dw1, dw2, dw3);
    }

    public int config() {
        return (int) ((dw0 & CONFIG_MASK) >>> CONFIG_SHIFT);
    }

    /** Valid, with stage 1. */
    public boolean live1() {
        return (dw0 & V) != 0 && (config() == STAGE1 || config() == NESTED);
    }

    /** Valid, with stage 2. */
    public boolean live2() {
        return (dw0 & V) != 0 && (config() == STAGE2 || config() == NESTED);
    }
}
