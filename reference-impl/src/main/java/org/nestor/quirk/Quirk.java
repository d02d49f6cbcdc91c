package org.nestor.quirk;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nestor.dma.MsiRules;
import org.nestor.iommu.Parts;
import org.nestor.iommu.smmuv3.AsidTag;
import org.nestor.iommu.smmuv3.FaultRules;
import org.nestor.iommu.smmuv3.GranuleRules;
import org.nestor.iommu.smmuv3.RangeEncoder;
import org.nestor.iommu.smmuv3.SteComposer;
import org.nestor.iommu.smmuv3.SteUpdate;
import org.nestor.iommu.smmuv3.UnmapCombined;
import org.nestor.iommu.smmuv3.VmidRelease;
import org.nestor.iommu.smmuv3.WholeDomain;
import org.nestor.vfio.ContainerRules;
import org.nestor.vfio.DeviceRules;

/** The departures of the published series, each by the id it has in the notes on the series. */
public enum Quirk {
    B_07(
            "B-07",
            "Without range invalidation, the byte count of a foreign granule is divided by the host's page size.",
            parts -> parts.with(GranuleRules.ForeignGranule.class, new InvalidationQuirks.DividedByteCount())),
    B_08(
            "B-08",
            "Any power of two is taken for a granule, and one below the host's page size never ends the loop of ranges.",
            parts -> parts.with(GranuleRules.LeafSizes.class, new InvalidationQuirks.AnyGranule())
                    .with(GranuleRules.Families.class, new InvalidationQuirks.HostGranule())),
    B_09(
            "B-09",
            "A range of one page is sent in a reserved encoding.",
            parts -> parts.with(RangeEncoder.SinglePage.class, new InvalidationQuirks.ReservedEncoding())),
    B_11(
            "B-11",
            "A range of granule or size 0 succeeds and invalidates nothing.",
            parts -> parts.with(GranuleRules.EmptyRange.class, new InvalidationQuirks.EmptyRangeAccepted())),
    B_12(
            "B-12",
            "A granule of 4 GiB or more is not seen as a power of two.",
            parts -> parts.with(GranuleRules.PowerOfTwo.class, new InvalidationQuirks.NarrowPowerOfTwo())),
    B_33(
            "B-33",
            "Closing a device with unanswered page requests leaves its fault handler behind.",
            parts -> parts.with(DeviceRules.PendingRequests.class, new VfioQuirks.RequestsLeft())),
    B_40(
            "B-40",
            "C_BAD_SUBSTREAMID is reported without its substream.",
            parts -> parts.with(FaultRules.Substream.class, new FaultQuirks.SubstreamBySsv())),
    B_45(
            "B-45",
            "The four configuration faults are never delivered.",
            parts -> parts.with(FaultRules.Reportable.class, new FaultQuirks.TranslationFaultsOnly())),
    B_46(
            "B-46",
            "A fault claims a fetch address that is not there.",
            parts -> parts.with(FaultRules.FetchAddress.class, new FaultQuirks.FetchAddressClaimed())),
    B_47(
            "B-47",
            "The MSI window begins at 0 when the driver does not know the nesting attribute.",
            parts -> parts.with(MsiRules.WindowBase.class, new MsiQuirks.BaseForgotten())),
    B_48(
            "B-48",
            "A device does not open when the driver does not know the nesting attribute.",
            parts -> parts.with(DeviceRules.UnknownAttribute.class, new VfioQuirks.AttributeRequired())),
    B_50(
            "B-50",
            "The VMID of a domain whose first attach is refused is never released.",
            parts -> parts.with(VmidRelease.class, new StreamQuirks.LeakedVmid())),
    B_51(
            "B-51",
            "An STE is rewritten by way of an invalid one, so DMA in between records C_BAD_STE.",
            parts -> parts.with(SteUpdate.class, new StreamQuirks.InvalidBetween())),
    B_52(
            "B-52",
            "A whole-domain invalidation removes the entries of every guest.",
            parts -> parts.with(WholeDomain.class, new InvalidationQuirks.EveryVmid())),
    B_53(
            "B-53",
            "A whole-domain invalidation leaves the ATCs of endpoints.",
            parts -> parts.with(WholeDomain.Endpoints.class, new InvalidationQuirks.NoEndpoints())),
    B_54(
            "B-54",
            "An ASID of 2^31 or more turns the request into one of stage 2, and other wide ones are truncated.",
            parts -> parts.with(AsidTag.class, new InvalidationQuirks.SignedAsid())),
    B_55(
            "B-55",
            "An unmap at stage 2 leaves the entries that combine it with a guest's stage 1.",
            parts -> parts.with(UnmapCombined.class, new StreamQuirks.CombinedLeft())),
    B_56(
            "B-56",
            "The error of one domain is overwritten by the result of a later one.",
            parts -> parts.with(ContainerRules.FirstError.class, new VfioQuirks.LastResult())),
    B_58_TABLE(
            "B-58",
            "A table that a later domain refuses leaves earlier domains without their state.",
            parts -> parts.with(ContainerRules.TableUnwind.class, new VfioQuirks.TableDetached())),
    B_58_BINDING(
            "B-58",
            "A binding that a later domain refuses removes one that was there before.",
            parts -> parts.with(ContainerRules.BindingUnwind.class, new VfioQuirks.BindingTakenBack())),
    B_60(
            "B-60",
            "A doorbell of size 0 or of no power of two is bound.",
            parts -> parts.with(MsiRules.BindingSize.class, new MsiQuirks.AnySize())),
    B_61(
            "B-61",
            "A doorbell's offset in the host's page leads out of the guest's smaller page.",
            parts -> parts.with(MsiRules.DoorbellFit.class, new MsiQuirks.OffsetBeyondPage())),
    B_62(
            "B-62",
            "A response region that cannot be allocated is not reported.",
            parts -> parts.with(DeviceRules.ResponseAllocation.class, new VfioQuirks.FailureHidden())),
    B_65(
            "B-65",
            "A stalled transaction whose fault is not reported is never ended.",
            parts -> parts.with(FaultRules.UnreportedStall.class, new FaultQuirks.StallForgotten())),
    B_67(
            "B-67",
            "A range invalidation names a level that excludes blocks.",
            parts -> parts.with(GranuleRules.LevelHint.class, new InvalidationQuirks.LevelOfGranule())),
    B_68(
            "B-68",
            "A range that begins inside a page misses its end.",
            parts -> parts.with(GranuleRules.Alignment.class, new InvalidationQuirks.NoAlignment())),
    B_70(
            "B-70",
            "A configuration fault claims an access and an address.",
            parts -> parts.with(FaultRules.AccessOfFault.class, new FaultQuirks.AccessAlways())),
    B_77(
            "B-77",
            "A range invalidation names the host's granule, so a guest's entries of another stay.",
            parts -> parts.with(GranuleRules.Families.class, new InvalidationQuirks.HostGranule())),
    B_99(
            "B-99",
            "An MSI whose binding is removed is composed from freed memory.",
            parts -> parts.with(MsiRules.StaleBinding.class, new MsiQuirks.DanglingBinding())),
    Q_22(
            "Q-22",
            "STRW says EL2 in nested STEs of a host with E2H, which hardware ignores.",
            parts -> parts.with(SteComposer.class, new StreamQuirks.El2Everywhere()));

    private final String id;
    private final String title;
    private final UnaryOperator<Parts> change;

    Quirk(String id, String title, UnaryOperator<Parts> change) {
        this.id = id;
        this.title = title;
        this.change = change;
    }

    /** The id of the defect (B) or of the question (Q). */
    public String id() {
        return id;
    }

    /** What is wrong, in one sentence. */
    public String title() {
        return title;
    }

    /** Those parts with this quirk. */
    public Parts applyTo(Parts parts) {
        return change.apply(parts);
    }

    /** The series as published: every quirk at once. */
    public static Parts posted() {
        Parts parts = Parts.REFERENCE;
        for (Quirk quirk : values()) {
            parts = quirk.applyTo(parts);
        }
        return parts;
    }

    /** The quirk of that constant's name, with {@code -} for {@code _}, for example {@code B-58-TABLE}. */
    public static Optional<Quirk> named(String name) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.label().equals(name))
                .findFirst();
    }

    /** The name by which {@link #named} finds it. */
    public String label() {
        return name().replace('_', '-');
    }
}
