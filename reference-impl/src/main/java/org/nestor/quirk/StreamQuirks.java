package org.nestor.quirk;

import org.nestor.iommu.smmuv3.SteComposer;
import org.nestor.iommu.smmuv3.StreamTarget;
import org.nestor.iommu.smmuv3.TransientSte;
import org.nestor.iommu.smmuv3.UnmapCombined;
import org.nestor.iommu.smmuv3.VmidRelease;

/** How the published series treats STEs, VMIDs and stage 2. */
final class StreamQuirks {

    private StreamQuirks() {}

    /** Keeps the VMID of a domain whose STE was never written. */
    static final class LeakedVmid extends VmidRelease {
        @Override
        public boolean releases(boolean steWritten) {
            return steWritten;
        }
    }

    /** Leaves the entries that combine both stages. */
    static final class CombinedLeft extends UnmapCombined {
        @Override
        public boolean removed() {
            return false;
        }
    }

    /** Rewrites an STE by way of an invalid one. */
    static final class InvalidBetween extends TransientSte {
        @Override
        public long dw0() {
            return 0;
        }
    }

    /** Writes STRW wherever stage 1 is on. */
    static final class El2Everywhere extends SteComposer {
        @Override
        public boolean streamWorld(StreamTarget target) {
            return true;
        }
    }
}
