package org.nestor.iommu;

/** What the DMA layer keeps with a domain. */
@FunctionalInterface
public interface DomainCookie {

    /** Takes back what it has mapped in the domain. */
    void release();
}
