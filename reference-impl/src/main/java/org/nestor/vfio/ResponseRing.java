package org.nestor.vfio;

import org.nestor.iommu.IommuCore;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.PageResponse;
import org.nestor.rule.Rule;

/** The region of page responses: user space produces up to its head, the kernel consumes from its tail. */
final class ResponseRing extends IndexRing {

    ResponseRing(int page) {
        super(PageResponse.BYTES, page);
    }

    /** Answers everything between tail and head, whatever comes of it. */
    @Rule("R-RSP-01")
    @Rule("R-RSP-02")
    @Rule("R-RSP-03")
    @Rule("R-RSP-04")
    @Rule("R-RSP-05")
    @Rule("R-RSP-07")
    void work(IommuCore core, IommuDevice device) {
        while (kernelIndex() != userIndex()) {
            core.pageResponse(device, PageResponse.decode(entry(kernelIndex())));
            setKernelIndex((kernelIndex() + 1) % ENTRIES);
        }
    }
}
