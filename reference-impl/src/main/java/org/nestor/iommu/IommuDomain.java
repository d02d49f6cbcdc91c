package org.nestor.iommu;

import java.util.Optional;
import java.util.OptionalLong;

/** An address space for devices, as the driver of some IOMMU implements it. */
public interface IommuDomain {

    DomainType type();

    /** Asks for two stages, before anything is attached. */
    Result<Done> setNesting(boolean nesting);

    /** The nesting attribute: a 32-bit integer, 1 for two stages. */
    Result<Integer> nesting();

    Result<Done> attach(IommuDevice device);

    void detach(IommuDevice device);

    /**
     * Maps a range.
     *
     * @param iova input address: of stage 2 in a nested domain
     * @param pa physical address
     * @param size bytes
     */
    Result<Done> map(long iova, long pa, long size, Prot prot);

    /** Unmaps a range up to the first address that is not mapped, and tells how many bytes it was. */
    long unmap(long iova, long size);

    OptionalLong iovaToPhys(long iova);

    void flushAll();

    /** The sizes of its leaves, a bit for each; 0 before it is bound to an IOMMU. */
    long pageSizes();

    /** Releases everything it holds. No device may be attached. */
    void free();

    /** The operations of the nested-stage API, if the driver has them. */
    Optional<NestedOps> nestedOps();

    /** The MSI cookie, if it has one. */
    Optional<DomainCookie> cookie();

    /** Gives it an MSI cookie, which {@link #free} releases. */
    void setCookie(DomainCookie cookie);
}
