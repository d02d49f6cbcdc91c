package org.nestor.dma;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nestor.iommu.DomainCookie;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Prot;
import org.nestor.rule.Rule;

/** Doorbells at consecutive host IOVAs of a software MSI window. */
final class WindowMsiCookie implements DomainCookie {
    private final IommuDomain domain;
    private final Map<Long, Long> pages = new LinkedHashMap<>();
    private long next;

    WindowMsiCookie(IommuDomain domain, long base) {
        this.domain = domain;
        this.next = base;
    }

    /** The IOVA of a doorbell, which is mapped when it is first asked for. */
    @Rule("R-MSI-03")
    Optional<Long> iova(long doorbell) {
        long size = Long.lowestOneBit(domain.pageSizes());
        long page = doorbell & -size;
        Long mapped = pages.get(page);
        if (mapped == null) {
            if (!domain.map(next, page, size, Prot.DOORBELL).isOk()) {
                return Optional.empty();
            }
            mapped = next;
            pages.put(page, mapped);
            next += size;
        }
        return Optional.of(mapped + (doorbell & size - 1));
    }

    @Override
    public void release() {
        pages.values().forEach(iova -> domain.unmap(iova, Long.lowestOneBit(domain.pageSizes())));
        pages.clear();
    }
}
