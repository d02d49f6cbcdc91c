package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.DRIVER;
import static org.nestor.bugs.BugComponent.FAULT_RING;
import static org.nestor.bugs.BugComponent.MSI_BINDING;
import static org.nestor.bugs.BugComponent.NESTED_INVALIDATION;
import static org.nestor.bugs.Difficulty.HARD;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.software.AnyIndex;
import org.nestor.bugs.software.AsidAsRange;
import org.nestor.bugs.software.BindingLeft;
import org.nestor.bugs.software.BindingsKept;
import org.nestor.bugs.software.BypassUnwritten;
import org.nestor.bugs.software.ConfigurationFirst;
import org.nestor.bugs.software.ContextsNotForwarded;
import org.nestor.bugs.software.DevicesLeftRunning;
import org.nestor.bugs.software.EndIncluded;
import org.nestor.bugs.software.EndpointsFirst;
import org.nestor.bugs.software.EntryOfTheLatest;
import org.nestor.bugs.software.GuestsOwnVmid;
import org.nestor.bugs.software.GuestsPointer;
import org.nestor.bugs.software.HandlerLeft;
import org.nestor.bugs.software.NoSafeBits;
import org.nestor.bugs.software.OneDoorbell;
import org.nestor.bugs.software.SlotChosenEarly;
import org.nestor.bugs.software.UntaggedDropped;
import org.nestor.dma.MsiRules;
import org.nestor.iommu.smmuv3.AsidTag;
import org.nestor.iommu.smmuv3.ContextOwner;
import org.nestor.iommu.smmuv3.EndpointOrder;
import org.nestor.iommu.smmuv3.GranuleRules;
import org.nestor.iommu.smmuv3.GuestChange;
import org.nestor.iommu.smmuv3.SteUpdate;
import org.nestor.iommu.smmuv3.StreamOwner;
import org.nestor.iommu.smmuv3.Takeover;
import org.nestor.iommu.smmuv3.UntaggedAddress;
import org.nestor.quirk.Quirk;
import org.nestor.vfio.ContainerRules;
import org.nestor.vfio.DeviceRules;
import org.nestor.virtualizer.ForwardingRules;

/** The driver, the nested-stage API, and what is above it. */
final class SoftwareBugs {

    private SoftwareBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.above(
                        "D-26",
                        NESTED_INVALIDATION,
                        HARD,
                        "A range invalidation names the level of pages, so that blocks in the range may stay.",
                        "Isolation within virtual machines: a block that was unmapped stays reachable where the SMMU heeds the level.",
                        Quirk.B_67::applyTo,
                        "R-INV-30"),
                SeededBug.above(
                        "D-46",
                        DRIVER,
                        MEDIUM,
                        "An SMMU that was left enabled is disabled while its devices still run, and bypasses them.",
                        "The host: when a kernel takes over from one that crashed, DMA of before reaches its memory untranslated.",
                        sound -> sound.with(Takeover.class, new DevicesLeftRunning()),
                        "R-LIF-14"),
                SeededBug.above(
                        "D-50",
                        NESTED_INVALIDATION,
                        HARD,
                        "ATCs are invalidated before the SMMU, so that endpoints fill them again with what is about to go.",
                        "Isolation: a page that was unmapped stays reachable for devices with ATS.",
                        sound -> sound.with(EndpointOrder.class, new EndpointsFirst()),
                        "R-INV-19"),
                SeededBug.above(
                        "D-51",
                        NESTED_INVALIDATION,
                        MEDIUM,
                        "Without range invalidation, the size of a foreign granule in bytes is divided by the page size and then used as bytes.",
                        "Isolation within virtual machines: all but the first pages of a range that was unmapped stay reachable.",
                        Quirk.B_07::applyTo,
                        "R-INV-27"),
                SeededBug.above(
                        "D-52",
                        NESTED_INVALIDATION,
                        MEDIUM,
                        "The invalidation of an address without an ASID succeeds and does nothing.",
                        "Isolation within virtual machines: what the guest unmapped stays reachable.",
                        sound -> sound.with(UntaggedAddress.class, new UntaggedDropped()),
                        "R-INV-18"),
                SeededBug.above(
                        "D-53",
                        NESTED_INVALIDATION,
                        MEDIUM,
                        "A guest's invalidation of its CDs stays in its virtual SMMU.",
                        "Isolation within virtual machines: a device stays in the address space that the guest has taken it out of.",
                        sound -> sound.with(ForwardingRules.ContextInvalidation.class, new ContextsNotForwarded()),
                        "R-STE-22",
                        "C-CMP-02"),
                SeededBug.above(
                        "D-54",
                        NESTED_INVALIDATION,
                        MEDIUM,
                        "A guest's invalidation of an ASID is passed on as one of all addresses, which the host cannot make sense of.",
                        "Isolation within virtual machines: what a guest unmaps and invalidates all at once stays reachable.",
                        sound -> sound.with(ForwardingRules.AsidInvalidation.class, new AsidAsRange()),
                        "R-INV-15",
                        "C-CMP-02"),
                SeededBug.above(
                        "D-55",
                        DRIVER,
                        MEDIUM,
                        "A guest's pointer to its CD is taken for a physical address where the host has its own.",
                        "The host: a guest chooses where in the memory of the host a CD is cleared.",
                        sound -> sound.with(ContextOwner.class, new GuestsPointer()),
                        "R-PTA-27",
                        "R-LIF-15"),
                SeededBug.above(
                        "D-56",
                        DRIVER,
                        MEDIUM,
                        "A guest that bypasses is no longer taken for nested, and the STEs of its devices stay as they were.",
                        "Virtual machines: devices go on under the tables of a guest that has turned its SMMU off.",
                        sound -> sound.with(GuestChange.class, new BypassUnwritten()),
                        "R-PTA-18"),
                SeededBug.above(
                        "D-57",
                        NESTED_INVALIDATION,
                        HARD,
                        "Invalidations carry the VMID that the guest knows, and not that of its domain.",
                        "Isolation within virtual machines: no entry of the guest ever goes.",
                        sound -> sound.with(AsidTag.class, new GuestsOwnVmid()),
                        "R-INV-35"),
                SeededBug.above(
                        "D-58",
                        NESTED_INVALIDATION,
                        HARD,
                        "A range in a granule below the page size of the host has zero pages, which never ends.",
                        "The host: one request of a guest stops the driver.",
                        Quirk.B_77::applyTo,
                        "R-INV-30"),
                SeededBug.above(
                        "D-59",
                        MSI_BINDING,
                        MEDIUM,
                        "A binding that one domain refuses stays in those that were asked before.",
                        "Virtual machines: a binding that was refused is there, and the next one for its address is not heeded.",
                        sound -> sound.with(ContainerRules.BindingUnwind.class, new BindingsKept()),
                        "R-VMB-05"),
                SeededBug.above(
                        "D-60",
                        MSI_BINDING,
                        HARD,
                        "The binding of a doorbell stays when the guest takes it back, and is found first from then on.",
                        "Virtual machines: MSIs are written to an address that no longer leads to the doorbell.",
                        sound -> sound.with(MsiRules.Removal.class, new BindingLeft()),
                        "R-MSI-14",
                        "R-MSI-16"),
                SeededBug.above(
                        "D-61",
                        MSI_BINDING,
                        HARD,
                        "One doorbell is kept for a domain: announcing another one overwrites it.",
                        "Virtual machines with several devices: the MSIs of one are lost when another enables its own.",
                        sound -> sound.with(MsiRules.Neighbours.class, new OneDoorbell()),
                        "R-MSI-13"),
                SeededBug.above(
                        "D-62",
                        FAULT_RING,
                        MEDIUM,
                        "An index of the ring of faults that is beyond the ring is stored.",
                        "The host: it reads and writes outside the ring.",
                        sound -> sound.with(DeviceRules.UserIndex.class, new AnyIndex()),
                        "R-REG-13"),
                SeededBug.above(
                        "D-63",
                        FAULT_RING,
                        HARD,
                        "The handler of faults outlives the ring that it writes to.",
                        "The host: a late fault is written into freed memory.",
                        sound -> sound.with(DeviceRules.HandlerRemoval.class, new HandlerLeft()),
                        "R-LIF-01"),
                SeededBug.above(
                        "D-64",
                        FAULT_RING,
                        HARD,
                        "The slot of a fault is chosen before the lock of the ring is taken.",
                        "Virtual machines: of two faults that come at once one is lost.",
                        sound -> sound.with(DeviceRules.FaultSlot.class, new SlotChosenEarly()),
                        "R-REG-20",
                        "R-REG-23"),
                SeededBug.above(
                        "D-65",
                        DRIVER,
                        MEDIUM,
                        "A device whose StreamID another one has is taken in, and the entry in the stream table is written for it.",
                        "Every owner of a device: another that is plugged in takes its translation away.",
                        sound -> sound.with(StreamOwner.class, new EntryOfTheLatest()),
                        "R-ATT-20"),
                SeededBug.above(
                        "D-66",
                        NESTED_INVALIDATION,
                        MEDIUM,
                        "The end of a range is taken for its last address, so that its size is one too many.",
                        "The host: the loop over the range never ends, or covers a page too many.",
                        sound -> sound.with(GranuleRules.Alignment.class, new EndIncluded()),
                        "R-INV-27",
                        "R-INV-41"),
                SeededBug.above(
                        "D-67",
                        DRIVER,
                        HARD,
                        "The doubleword of an STE with V and Config is stored before the others.",
                        "Drivers that change a live STE: transactions meet a mixture of two configurations.",
                        sound -> sound.with(SteUpdate.class, new ConfigurationFirst()),
                        "R-STE-19",
                        "R-STE-20"),
                SeededBug.above(
                        "D-68",
                        DRIVER,
                        HARD,
                        "A bit of an STE that may change at any time is held for one that may not, and the STE is invalid while both change.",
                        "Virtual machines: DMA that is under way while a guest turns its translation on or off is aborted, and recorded.",
                        sound -> sound.with(SteUpdate.class, new NoSafeBits()),
                        "R-STE-20"));
    }
}
