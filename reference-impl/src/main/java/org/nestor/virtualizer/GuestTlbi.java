package org.nestor.virtualizer;

import java.util.Optional;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.Parts;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAll;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAsid;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhVa;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhVaa;
import org.nestor.smmu.command.InvalidationCommand.TlbiNsnhAll;

/** What a guest's invalidation of translations is as a request to the host. */
final class GuestTlbi {
    private static final long SMALLEST = 1 << 12;

    private final ForwardingRules.AsidInvalidation asidInvalidation;

    GuestTlbi(Parts parts) {
        this.asidInvalidation =
                parts.get(ForwardingRules.AsidInvalidation.class, ForwardingRules.AsidInvalidation::new);
    }

    /** The request, nothing for what removes no translation of stage 1. */
    Optional<CacheInvalidateInfo> request(InvalidationCommand command) {
        if (command instanceof TlbiNhVa va) {
            return Optional.of(ofAddress(va.asid(), va.extent()));
        } else if (command instanceof TlbiNhAsid asid) {
            return Optional.of(asidInvalidation.request(asid.asid()));
        } else if (command instanceof TlbiNhVaa || command instanceof TlbiNhAll || command instanceof TlbiNsnhAll) {
            return Optional.of(CacheInvalidateInfo.domain());
        }
        return Optional.empty();
    }

    /** A single address stands for a page of the smallest size, which the host removes whatever granule it lies in. */
    private static CacheInvalidateInfo ofAddress(int asid, Extent extent) {
        return extent.range()
                .map(range -> CacheInvalidateInfo.range(
                        asid, extent.address(), pageBytes(range), (range.num() + 1L) << range.scale(), extent.leaf()))
                .orElseGet(() -> CacheInvalidateInfo.range(asid, extent.address(), SMALLEST, 1, extent.leaf()));
    }

    private static long pageBytes(Range range) {
        return switch (range.granule()) {
            case KB4 -> 1 << 12;
            case KB16 -> 1 << 14;
            case KB64 -> 1 << 16;
        };
    }
}
