package org.nestor.iommu.smmuv3;

import java.util.List;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** What the invalidation of an address comes to that names no ASID. */
public class UntaggedAddress {

    /**
     * Everything of the guest, since any of its ASIDs can have entries of the address.
     *
     * @param everything the commands for that
     */
    @Rule("R-INV-18")
    public List<CommandRecord> commands(List<CommandRecord> everything) {
        return everything;
    }
}
