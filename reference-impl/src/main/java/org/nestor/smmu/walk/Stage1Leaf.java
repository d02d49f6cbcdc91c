package org.nestor.smmu.walk;

import org.nestor.smmu.transaction.MemoryAttributes;

/**
 * A stage 1 block or page as a walk found it.
 *
 * @param inputBase first input address it covers, canonical
 * @param shift log2 of its size
 * @param level level of the descriptor
 * @param outputBase first output address: an IPA if stage 2 translates, else physical
 * @param rights set of {@link Right} bits, hierarchical control, WXN and PAN already applied
 * @param attributes memory type and shareability
 * @param global nG = 0
 * @param clean writable only once a hardware update has marked it dirty
 */
public record Stage1Leaf(
        long inputBase,
        int shift,
        int level,
        long outputBase,
        int rights,
        MemoryAttributes attributes,
        boolean global,
        boolean clean)
        implements Stage1Result {

    public long output(long inputAddress) {
        return outputBase | inputAddress & (1L << shift) - 1;
    }

    public boolean allows(Right right) {
        return (rights & right.bit()) != 0;
    }
}
