package org.nestor.iommu;

/** What a driver can do for a domain whose stage 1 belongs to a guest. */
public interface NestedOps {

    Result<Done> attachPasidTable(PasidTableConfig config);

    void detachPasidTable();

    Result<Done> bindGuestMsi(long giova, long gpa, long size);

    void unbindGuestMsi(long giova);

    Result<Done> cacheInvalidate(IommuDevice device, CacheInvalidateInfo info);

    /** The guest's description of stage 1 as the domain holds it, so that a caller can restore it. */
    GuestStage1 guestStage1();

    /** Puts an earlier description back. */
    void restore(GuestStage1 state);
}
