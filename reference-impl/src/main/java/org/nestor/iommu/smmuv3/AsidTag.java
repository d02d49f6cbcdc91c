package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** What an invalidation makes of the ASID that a guest names. */
public class AsidTag {

    /** Whether the SMMU has such an ASID. */
    @Rule("R-INV-31")
    public boolean fits(long archid, int bits) {
        return archid >>> bits == 0;
    }

    /** Every non-global entry of the ASID. */
    @Rule("R-INV-15")
    @Rule("R-INV-35")
    public CommandRecord everything(int vmid, long archid) {
        return Commands.nhAsid(vmid, archid);
    }

    /** The entries of an address, which is to be filled in. */
    @Rule("R-INV-19")
    @Rule("R-INV-20")
    @Rule("R-INV-21")
    @Rule("R-INV-35")
    public CommandRecord byAddress(int vmid, long archid, boolean leaf) {
        return Commands.nhVa(vmid, archid, leaf);
    }
}
