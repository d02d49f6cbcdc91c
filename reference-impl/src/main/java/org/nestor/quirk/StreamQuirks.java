package org.nestor.quirk;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.smmuv3.SteComposer;
import org.nestor.iommu.smmuv3.SteImage;
import org.nestor.iommu.smmuv3.SteUpdate;
import org.nestor.iommu.smmuv3.StreamTarget;
import org.nestor.iommu.smmuv3.UnmapCombined;
import org.nestor.iommu.smmuv3.VmidRelease;
import org.nestor.rule.Rule;

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

    /** Rewrites an STE by way of an invalid one, and leaves in it what another Config used. */
    static final class InvalidBetween extends SteUpdate {
        private static final long INVALID = 0;

        @Override
        public List<SteImage> images(SteImage old, SteImage target) {
            boolean stops = target.config() == SteImage.ABORT || target.config() == SteImage.BYPASS;
            return stops ? List.of(stopped(old, target)) : translating(old, target);
        }

        /** Abort or bypass, all in one phase. */
        @Rule("R-STE-14")
        @Rule("R-STE-18")
        private static SteImage stopped(SteImage old, SteImage target) {
            return new SteImage(target.dw0(), SteImage.SHCFG_INCOMING, 0, old.dw3());
        }

        @Rule("R-STE-18")
        @Rule("R-STE-19")
        private static List<SteImage> translating(SteImage old, SteImage target) {
            List<SteImage> images = new ArrayList<>();
            SteImage last = old;
            if (old.live1() || old.live2()) {
                last = old.withDw0(INVALID);
                images.add(last);
            }
            SteImage whole = new SteImage(target.dw0(), attributes(old, target), target.dw2(), target.dw3());
            images.add(whole.withDw0(last.dw0()));
            images.add(whole);
            return images;
        }

        /** Without stage 1 its attributes stay as they were; with it, those of stage 2 alone are not written. */
        @Rule("R-STE-23")
        private static long attributes(SteImage old, SteImage target) {
            return target.live1()
                    ? target.dw1() & ~(SteImage.SHCFG_INCOMING | SteImage.MEV)
                    : old.dw1() & ~SteImage.EATS_TRANS | target.dw1() & SteImage.EATS_TRANS;
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
