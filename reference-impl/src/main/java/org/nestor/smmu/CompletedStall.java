package org.nestor.smmu;

/**
 * The end of a DMA that was held.
 *
 * @param stag as {@link DmaResult.Stalled} gave it
 * @param result never {@link DmaResult.Stalled}
 */
public record CompletedStall(int stag, DmaResult result) {}
