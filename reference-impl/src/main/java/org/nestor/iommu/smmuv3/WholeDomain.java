package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** The invalidation of everything that a guest may have cached. */
public class WholeDomain {

    /** Every entry of stage 1, of the domain's VMID alone. */
    @Rule("R-INV-33")
    @Rule("R-INV-34")
    @Rule("R-INV-40")
    public CommandRecord command(int vmid) {
        return Commands.nhAll(vmid);
    }

    /** Stated apart from {@link Endpoints}, since each can be wrong alone. */
    public static class Endpoints {

        /** Whether the ATCs of the domain's endpoints are invalidated too. */
        @Rule("R-INV-33")
        public boolean included() {
            return true;
        }
    }
}
