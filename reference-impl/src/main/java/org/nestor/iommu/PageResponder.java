package org.nestor.iommu;

/** The driver's part in answering a page request. */
@FunctionalInterface
public interface PageResponder {

    /** Lets the stalled transaction go on or end. */
    Result<Done> respond(IommuDevice device, IommuFault.PageRequest request, PageResponse response);
}
