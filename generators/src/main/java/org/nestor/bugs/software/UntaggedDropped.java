package org.nestor.bugs.software;

import java.util.List;
import org.nestor.iommu.smmuv3.UntaggedAddress;
import org.nestor.smmu.format.CommandRecord;

/** Takes an invalidation of an address without an ASID for done. */
public final class UntaggedDropped extends UntaggedAddress {
    @Override
    public List<CommandRecord> commands(List<CommandRecord> everything) {
        return List.of();
    }
}
