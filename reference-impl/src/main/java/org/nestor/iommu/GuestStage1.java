package org.nestor.iommu;

/** What the guest has asked for as stage 1. BYPASS is the same as never having asked. */
public sealed interface GuestStage1 {
    record None() implements GuestStage1 {}

    /**
     * Translate.
     *
     * @param contextPointer IPA of the CD
     */
    record Translate(long contextPointer) implements GuestStage1 {}

    record Abort() implements GuestStage1 {}
}
