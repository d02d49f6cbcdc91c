package org.nestor.iommu.smmuv3;

import static org.nestor.iommu.smmuv3.SteImage.configured;

import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.smmuv3.StreamTarget.HostStage1;
import org.nestor.iommu.smmuv3.StreamTarget.HostStage2;
import org.nestor.iommu.smmuv3.StreamTarget.Identity;
import org.nestor.iommu.smmuv3.StreamTarget.NoDomain;
import org.nestor.rule.Rule;

/** Computes the STE of a stream from what it is to be configured for. */
public class SteComposer {

    /**
     * What the device and its SMMU add.
     *
     * @param ats whether ATS is enabled
     * @param neverStalls whether the SMMU could stall but the device cannot
     */
    public record Traits(boolean ats, boolean neverStalls) {}

    /** The Config field. ABORT of the guest wins over everything, and does not depend on the policy for devices without domain. */
    @Rule("R-STE-02")
    @Rule("R-STE-03")
    @Rule("R-STE-04")
    @Rule("R-STE-05")
    @Rule("R-DET-02")
    public int config(StreamTarget target, DriverOptions options) {
        if (target instanceof NoDomain) {
            return options.disableBypass() ? SteImage.ABORT : SteImage.BYPASS;
        } else if (target instanceof Identity) {
            return SteImage.BYPASS;
        } else if (target instanceof HostStage1) {
            return SteImage.STAGE1;
        }
        GuestStage1 guest = ((HostStage2) target).guest();
        if (guest instanceof GuestStage1.Abort) {
            return SteImage.ABORT;
        }
        return guest instanceof GuestStage1.Translate ? SteImage.NESTED : SteImage.STAGE2;
    }

    /** Doubleword 0. The guest's CD table is always a linear one of a single CD. */
    @Rule("R-STE-07")
    @Rule("R-STE-08")
    public long dw0(StreamTarget target, DriverOptions options) {
        long word = configured(config(target, options));
        if (target instanceof HostStage1 host) {
            return word | host.contextPointer() & SteImage.CONTEXT_POINTER;
        } else if (target instanceof HostStage2 host && host.guest() instanceof GuestStage1.Translate guest) {
            return word | guest.contextPointer() & SteImage.CONTEXT_POINTER;
        }
        return word;
    }

    /** The whole of an STE: what its Config uses, and zero elsewhere. */
    public SteImage image(StreamTarget target, Traits traits, DriverOptions options) {
        long dw0 = dw0(target, options);
        return switch (config(target, options)) {
            case SteImage.ABORT -> new SteImage(dw0, 0, 0, 0);
            case SteImage.BYPASS -> new SteImage(dw0, SteImage.SHCFG_INCOMING, 0, 0);
            default -> withStage2(target, dw0, dw1(target, traits, options));
        };
    }

    /** Doubleword 1 of a translating target. Records of a guest's faults may be merged, so that it does not flood the host with them. */
    @Rule("R-STE-09")
    @Rule("R-STE-10")
    @Rule("R-STE-13")
    private long dw1(StreamTarget target, Traits traits, DriverOptions options) {
        long ats = traits.ats() ? SteImage.EATS_TRANS : 0;
        return switch (config(target, options)) {
            case SteImage.STAGE1 -> ats | stage1Attributes(target, traits, options);
            case SteImage.STAGE2 -> ats | SteImage.SHCFG_INCOMING;
            default -> ats | SteImage.SHCFG_INCOMING | SteImage.MEV | stage1Attributes(target, traits, options);
        };
    }

    private long stage1Attributes(StreamTarget target, Traits traits, DriverOptions options) {
        return SteImage.STAGE1_ATTRIBUTES
                | (traits.neverStalls() ? SteImage.S1STALLD : 0)
                | (options.e2h() && streamWorld(target) ? SteImage.STRW_EL2 : 0);
    }

    /** Whether STRW says EL2 on a host with E2H: only where hardware looks at it. */
    @Rule("R-STE-11")
    public boolean streamWorld(StreamTarget target) {
        return target instanceof HostStage1;
    }

    /** Doublewords 2 and 3 of a translating target: those that were fixed when the domain was bound, or zero without stage 2. */
    @Rule("R-STE-12")
    @Rule("R-STE-15")
    @Rule("R-DET-07")
    public SteImage withStage2(StreamTarget target, long dw0, long dw1) {
        if (target instanceof HostStage2 host) {
            long dw2 = host.vmid() | host.control() << 32 | SteImage.S2AA64 | SteImage.S2PTW | SteImage.S2R;
            return new SteImage(dw0, dw1, dw2, host.table() & SteImage.TABLE_POINTER);
        }
        return new SteImage(dw0, dw1, 0, 0);
    }
}
