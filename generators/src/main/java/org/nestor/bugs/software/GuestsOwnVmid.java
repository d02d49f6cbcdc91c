package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.AsidTag;
import org.nestor.smmu.format.CommandRecord;

/** Sends a guest's invalidations with the VMID that the guest knows, which is 0. */
public final class GuestsOwnVmid extends AsidTag {
    private static final int GUESTS = 0;

    @Override
    public CommandRecord everything(int vmid, long archid) {
        return super.everything(GUESTS, archid);
    }

    @Override
    public CommandRecord byAddress(int vmid, long archid, boolean leaf) {
        return super.byAddress(GUESTS, archid, leaf);
    }
}
