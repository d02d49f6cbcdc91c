package org.nestor.iommu.smmuv3;

import org.nestor.smmu.format.Line;

/** The bits of an entry that hardware may look at, as far as its own content tells. */
public final class UsedBits {
    private static final long V = 1;
    private static final int CONFIG_SHIFT = 1;
    private static final int CONFIG = 0b111;
    private static final int STAGE1 = 0b001;
    private static final int STAGE2 = 0b010;
    private static final int TRANSLATES = 0b100;
    private static final int S1DSS_BYPASS = 1;
    private static final long CD_V = 1L << 31;
    private static final long CD_EPD0 = 1L << 14;
    private static final Line ALL = new Line(-1, -1, -1, -1, -1, -1, -1, -1);

    private UsedBits() {}

    private static long bits(int high, int low) {
        return -1L >>> 63 - (high - low) << low;
    }

    private static final long CONFIG_BITS = bits(3, 1);
    private static final long S1_DW0 = bits(5, 4) | bits(51, 6) | bits(63, 59);
    private static final long S1_DW1 = bits(7, 0) | bits(19, 19) | bits(27, 27) | bits(31, 28);
    private static final long S2VMID = bits(15, 0);
    private static final long SHCFG = bits(45, 44);
    private static final long S2_DW1 = bits(19, 19) | bits(25, 25) | bits(29, 28) | SHCFG;
    private static final long S2_DW2 = bits(15, 0) | bits(52, 32) | bits(54, 54) | bits(58, 57);
    private static final long S2_DW3 = bits(51, 4);
    private static final long CD_WALK0 = bits(5, 0) | bits(13, 6);
    private static final long CD_TTB0 = bits(51, 4);

    /** Of an STE: bits that a Config does not need are not used, and of an invalid one V alone is. */
    public static Line ofSte(Line ste) {
        if ((ste.dw0() & V) == 0) {
            return new Line(V, 0, 0, 0, 0, 0, 0, 0);
        }
        int config = (int) (ste.dw0() >>> CONFIG_SHIFT) & CONFIG;
        long dw0 = V | CONFIG_BITS;
        long dw1 = 0;
        long dw2 = 0;
        long dw3 = 0;
        if ((config & TRANSLATES) != 0 && (config & STAGE1) != 0) {
            dw0 |= S1_DW0;
            dw1 |= S1_DW1 | ((ste.dw1() & 0b11) == S1DSS_BYPASS ? SHCFG : 0);
            dw2 |= S2VMID;
        }
        if ((config & TRANSLATES) != 0 && (config & STAGE2) != 0) {
            dw1 |= S2_DW1;
            dw2 |= S2_DW2;
            dw3 |= S2_DW3;
        }
        return new Line(dw0, config == TRANSLATES ? SHCFG : dw1, dw2, dw3, 0, 0, 0, 0);
    }

    /** Of a CD: all of a valid one, but for the walk through a table that is disabled. */
    public static Line ofCd(Line cd) {
        if ((cd.dw0() & CD_V) == 0) {
            return new Line(CD_V, 0, 0, 0, 0, 0, 0, 0);
        }
        return (cd.dw0() & CD_EPD0) == 0 ? ALL : ALL.with(0, ~CD_WALK0).with(1, ~CD_TTB0);
    }

    /** Bits of two STEs that may change early or late without harm: MEV, and EATS where nothing makes it dangerous. */
    public static Line safeSte(Line old, Line target) {
        long eatsHigh = bits(29, 29);
        long s2s = bits(57, 57);
        boolean eatsMatters = ((old.dw1() | target.dw1()) & eatsHigh) != 0 || ((old.dw2() | target.dw2()) & s2s) != 0;
        long safe = bits(19, 19) | (eatsMatters ? 0 : bits(28, 28));
        return new Line(0, safe & ofSte(old).dw1() & ofSte(target).dw1(), 0, 0, 0, 0, 0, 0);
    }
}
