package org.nestor.smmu.transaction;

/**
 * Memory type and shareability of an access.
 *
 * @param memAttr the type in the MemAttr[3:0] encoding: 0b00dd is Device (0 nGnRnE to 3 GRE), otherwise [3:2] is the outer and
 *     [1:0] the inner cacheability of Normal memory (1 Non-cacheable, 2 Write-Through, 3 Write-Back)
 * @param shareability the domain; always Outer Shareable for Device and for Normal Non-cacheable memory on output
 */
public record MemoryAttributes(int memAttr, Shareability shareability) {

    public static final int DEVICE_NGNRNE = 0b0000;
    public static final int DEVICE_GRE = 0b0011;
    public static final int NORMAL_NC = 0b0101;
    public static final int NORMAL_WB = 0b1111;

    /** What a coherent client usually presents: Write-Back, Inner Shareable. */
    public static final MemoryAttributes WRITE_BACK = new MemoryAttributes(NORMAL_WB, Shareability.INNER_SHAREABLE);

    public MemoryAttributes {
        if (memAttr < 0 || memAttr > 15 || !isType(memAttr)) {
            throw new IllegalArgumentException("MemAttr 0b" + Integer.toBinaryString(memAttr) + " is reserved");
        }
    }

    /** Whether a MemAttr[3:0] value is not reserved. */
    public static boolean isType(int memAttr) {
        return memAttr <= DEVICE_GRE || (memAttr & 3) != 0;
    }

    public boolean isDevice() {
        return memAttr <= DEVICE_GRE;
    }

    /** 1 Non-cacheable, 2 Write-Through, 3 Write-Back; meaningless for Device. */
    public int inner() {
        return memAttr & 3;
    }

    /** 1 Non-cacheable, 2 Write-Through, 3 Write-Back; meaningless for Device. */
    public int outer() {
        return memAttr >>> 2;
    }
}
