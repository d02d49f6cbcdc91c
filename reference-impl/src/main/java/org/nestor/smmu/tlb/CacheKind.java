package org.nestor.smmu.tlb;

/** The kinds of things an SMMU may remember (IHI 0070 section 16.2). */
public enum CacheKind {
    L1STD,
    STE,
    L1CD,
    CD,
    /** STE and CD together, for one StreamID and SubstreamID. */
    CONFIGURATION,
    /** Stage 1 leaf: VA to IPA, or to PA where there is no stage 2 and then already complete. */
    STAGE1_LEAF,
    /** Combined leaf: VA to PA through both stages. */
    COMBINED_LEAF,
    STAGE1_POINTER,
    /** Stage 1 table pointer held with the stage 2 page that the next descriptor lies in. */
    COMBINED_POINTER,
    STAGE2_LEAF,
    STAGE2_POINTER
}
