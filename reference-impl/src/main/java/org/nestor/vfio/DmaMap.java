package org.nestor.vfio;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The process memory that a container has mapped, in each of its domains alike. */
final class DmaMap {
    private static final Refusal MALFORMED = Refusal.of(Errno.EINVAL, "R-MAP-03");
    private static final Refusal OVERLAP = Refusal.of(Errno.EEXIST, "R-MAP-05");
    private static final Refusal NO_PAGE = Refusal.of(Errno.EFAULT, "R-MAP-01");

    private final ProcessMemory process;
    private final long hostPage;
    private final NavigableMap<Long, Mapping> mappings = new TreeMap<>(Long::compareUnsigned);

    private record Mapping(long iova, long virtual, long size, Prot prot) {
        long last() {
            return iova + size - 1;
        }
    }

    DmaMap(ProcessMemory process, long hostPage) {
        this.process = process;
        this.hostPage = hostPage;
    }

    boolean isEmpty() {
        return mappings.isEmpty();
    }

    /** Maps into every domain, or into none. */
    Result<Done> map(long iova, long virtual, long size, Prot prot, List<VfioDomain> domains) {
        if (size == 0
                || ((iova | virtual | size) & hostPage - 1) != 0
                || wraps(iova, size)
                || wraps(virtual, size)
                || !prot.read() && !prot.write()
                || domains.stream().anyMatch(domain -> overlapsMsiWindow(domain, iova, size))) {
            return MALFORMED.result();
        } else if (overlaps(iova, size)) {
            return OVERLAP.result();
        }
        Mapping mapping = new Mapping(iova, virtual, size, prot);
        List<IommuDomain> done = new ArrayList<>();
        for (VfioDomain domain : domains) {
            Result<Done> mapped = mapInto(domain.domain(), mapping);
            if (!mapped.isOk()) {
                done.forEach(earlier -> earlier.unmap(iova, size));
                return mapped;
            }
            done.add(domain.domain());
        }
        mappings.put(iova, mapping);
        return Done.OK;
    }

    private static boolean wraps(long first, long size) {
        return Long.compareUnsigned(first + size - 1, first) < 0;
    }

    /** Where a group has a software MSI window, guest RAM may not lie in it, nested or not. */
    private static boolean overlapsMsiWindow(VfioDomain domain, long iova, long size) {
        return domain.groups().stream().anyMatch(VfioGroup::hasSoftwareMsiWindow)
                && Long.compareUnsigned(iova, Container.MSI_WINDOW + Container.MSI_WINDOW_BYTES) < 0
                && Long.compareUnsigned(iova + size - 1, Container.MSI_WINDOW) >= 0;
    }

    private boolean overlaps(long iova, long size) {
        var below = mappings.floorEntry(iova + size - 1);
        return below != null && Long.compareUnsigned(below.getValue().last(), iova) >= 0;
    }

    /** Maps runs of physically contiguous pages at once. */
    private Result<Done> mapInto(IommuDomain domain, Mapping mapping) {
        long done = 0;
        while (done < mapping.size()) {
            OptionalLong first = process.physical(mapping.virtual() + done);
            if (first.isEmpty()) {
                domain.unmap(mapping.iova(), done);
                return NO_PAGE.result();
            }
            long run = hostPage;
            while (done + run < mapping.size()) {
                OptionalLong next = process.physical(mapping.virtual() + done + run);
                if (next.isEmpty() || next.getAsLong() != first.getAsLong() + run) {
                    break;
                }
                run += hostPage;
            }
            Result<Done> mapped = domain.map(mapping.iova() + done, first.getAsLong(), run, mapping.prot());
            if (!mapped.isOk()) {
                if (done > 0) {
                    domain.unmap(mapping.iova(), done);
                }
                return mapped;
            }
            done += run;
        }
        return Done.OK;
    }

    /** Puts every mapping into a domain that has joined. */
    @Rule("R-LIF-12")
    Result<Done> replay(IommuDomain domain) {
        for (Mapping mapping : mappings.values()) {
            Result<Done> mapped = mapInto(domain, mapping);
            if (!mapped.isOk()) {
                return mapped;
            }
        }
        return Done.OK;
    }

    /** Unmaps the mappings that lie in a range, none of which may be cut, and tells their bytes. */
    Result<Long> unmap(long iova, long size, List<VfioDomain> domains) {
        if (size == 0 || ((iova | size) & hostPage - 1) != 0 || wraps(iova, size) || cuts(iova, size)) {
            return MALFORMED.result();
        }
        long bytes = 0;
        for (Mapping mapping :
                List.copyOf(mappings.subMap(iova, true, iova + size - 1, true).values())) {
            domains.forEach(domain -> domain.domain().unmap(mapping.iova(), mapping.size()));
            mappings.remove(mapping.iova());
            bytes += mapping.size();
        }
        return Result.ok(bytes);
    }

    private boolean cuts(long iova, long size) {
        Optional<Mapping> atStart =
                Optional.ofNullable(mappings.floorEntry(iova)).map(entry -> entry.getValue());
        Optional<Mapping> atEnd =
                Optional.ofNullable(mappings.floorEntry(iova + size - 1)).map(entry -> entry.getValue());
        boolean cutsFirst = atStart.filter(
                        mapping -> mapping.iova() != iova && Long.compareUnsigned(mapping.last(), iova) >= 0)
                .isPresent();
        return cutsFirst
                || atEnd.filter(mapping -> Long.compareUnsigned(mapping.last(), iova + size - 1) > 0)
                        .isPresent();
    }

    void clear(List<VfioDomain> domains) {
        for (Mapping mapping : mappings.values()) {
            domains.forEach(domain -> domain.domain().unmap(mapping.iova(), mapping.size()));
        }
        mappings.clear();
    }
}
