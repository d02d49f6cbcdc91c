package org.nestor.iommu.smmuv3;

import org.nestor.iommu.GuestStage1;

/** What a stream is to be configured for. */
public sealed interface StreamTarget {

    /** The device belongs to no domain. */
    record NoDomain() implements StreamTarget {}

    /** An identity domain. */
    record Identity() implements StreamTarget {}

    /**
     * Stage 1 of the host.
     *
     * @param contextPointer physical address of the CD
     */
    record HostStage1(long contextPointer) implements StreamTarget {}

    /**
     * Stage 2 of the host, and in a nested domain what the guest asked for as stage 1.
     *
     * @param vmid of the domain
     * @param control the stage 2 translation control block, at bit 0
     * @param table physical address of the stage 2 table
     */
    record HostStage2(int vmid, long control, long table, GuestStage1 guest) implements StreamTarget {}
}
