package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** What the invalidation of an address comes to that names no ASID. */
public class UntaggedAddress {

    /** Everything of the guest, since any of its ASIDs can have entries of the address. */
    @Rule("R-INV-18")
    public boolean meansEverything() {
        return true;
    }
}
