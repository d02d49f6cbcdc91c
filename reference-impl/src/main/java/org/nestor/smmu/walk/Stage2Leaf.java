package org.nestor.smmu.walk;

/**
 * A stage 2 block or page as a walk found it.
 *
 * @param vmid tag
 * @param inputBase first IPA it covers
 * @param shift log2 of its size
 * @param level level of the descriptor
 * @param outputBase first physical address
 * @param rights set of {@link Right} bits
 * @param memAttr MemAttr[3:0] of the descriptor, to be read as STE.S2FWB says
 * @param sh SH[1:0] of the descriptor
 * @param clean writable only once a hardware update has marked it dirty
 */
public record Stage2Leaf(
        int vmid, long inputBase, int shift, int level, long outputBase, int rights, int memAttr, int sh, boolean clean)
        implements Stage2Result {

    public boolean covers(long ipa) {
        return ipa >>> shift == inputBase >>> shift;
    }

    public long output(long ipa) {
        return outputBase | ipa & (1L << shift) - 1;
    }

    public boolean allows(Right right) {
        return (rights & right.bit()) != 0;
    }
}
