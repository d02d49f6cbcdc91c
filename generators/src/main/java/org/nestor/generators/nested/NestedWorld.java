package org.nestor.generators.nested;

import static org.nestor.generators.nested.Violation.Property.COST;
import static org.nestor.generators.nested.Violation.Property.DRIVER;
import static org.nestor.generators.nested.Violation.Property.ERRNO;
import static org.nestor.generators.nested.Violation.Property.LIFE_CYCLE;
import static org.nestor.generators.nested.Violation.Property.TRANSIENT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.smmuv3.DriverObserver;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.Endpoints;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.PageResponse;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.vfio.Container;
import org.nestor.vfio.VfioGroup;

/** Three guests with their devices on one host, whose SMMU forgets nothing by itself. */
final class NestedWorld {
    private static final long RAM_BYTES = 1L << 32;
    private static final long TABLES = 0x8000_0000L;
    private static final long DOORBELL = RAM_BYTES + 0x1040;
    private static final int GUESTS = 3;
    private static final int OUTSIDE = 0x70;
    private static final int REFUSED = 0x71;
    private static final int CFGI_STE = 0x03;
    private static final int NSNH_ALL = 0x30;
    private static final int OPCODE = 0xFF;
    private static final int ATC_ALL = 52;

    private final NestedSetup setup;
    private final Smmu smmu;
    private final Host host;
    private final List<Guest> guests = new ArrayList<>();
    private final List<GuestDevice> devices = new ArrayList<>();
    private final IommuDevice outside;
    private final IommuDevice refused;
    private final long tableBytes;
    private final int asids;
    private Optional<Probe> probe = Optional.empty();
    private boolean invalidating;
    private List<Asking> asking = List.of();

    /**
     * A DMA of every device of a guest whenever an STE is rewritten.
     *
     * @param before how it may end under the old configuration
     */
    record Probe(Guest guest, long address, Set<Outcome> before, List<DmaResult> seen) {}

    /** A host with its guests' RAM mapped and their devices open. */
    NestedWorld(NestedSetup setup) {
        this.setup = setup;
        PhysicalMemory memory =
                new SparseMemory(List.of(MemoryRegion.ram(0, RAM_BYTES), new MemoryRegion(RAM_BYTES, 1 << 20, true)));
        SmmuParts parts = new SmmuParts(new CachedTranslation(CachePolicies::infinite), new Atcs());
        smmu = new Smmu(setup.ids(), memory, parts, RuleLog.NONE);
        DriverOptions options = new DriverOptions(true, false, setup.granule(), false);
        host = new Host(List.of(smmu), TABLES, RAM_BYTES, options, setup.parts(), new Watch());
        outside = device(DeviceDescription.of("outside", OUTSIDE, DOORBELL)).device();
        refused = device(DeviceDescription.of("refused", REFUSED, DOORBELL).withHardwareMsiRegion())
                .device();
        List<Placed> placed = new ArrayList<>();
        placed.add(
                new Placed(0, device(DeviceDescription.of("ats", 0x10, DOORBELL).withAts())));
        placed.add(new Placed(0, device(DeviceDescription.of("plain", 0x11, DOORBELL))));
        placed.add(new Placed(
                1, device(DeviceDescription.of("other", 0x20, DOORBELL).withAts())));
        placed.add(new Placed(
                2, device(DeviceDescription.of("stalling", 0x30, DOORBELL).withStall())));
        tableBytes = host.tableBytes();
        asids = host.instance(0).asids().used();
        for (int i = 0; i < GUESTS; i++) {
            guests.add(guest(i, memory, placed));
        }
    }

    private record Placed(int guest, Grouped grouped) {}

    private record Grouped(IommuDevice device, VfioGroup group) {}

    private Grouped device(DeviceDescription description) {
        IommuGroup group = host.group(Optional.of(DomainType.DMA));
        IommuDevice device = host.addDevice(description, 0, group).toOptional().orElseThrow();
        return new Grouped(device, host.vfioGroup(group));
    }

    private Guest guest(int number, PhysicalMemory memory, List<Placed> placed) {
        Container container = host.container(OptionalLong::of);
        GuestLayout layout = new GuestLayout(memory, number, number == 2);
        GuestModel model = new GuestModel(GuestLayout.SPACES, setup.page());
        Guest guest = new Guest(number, container, layout, model);
        for (Placed each : placed) {
            if (each.guest() == number) {
                container.addGroup(each.grouped().group());
            }
        }
        expect(0, container.setIommu(Container.TYPE1_NESTING).code(), "SET_IOMMU");
        expect(0, Requests.map(container, 0, layout.ram(), GuestLayout.RAM_BYTES), "MAP_DMA of RAM");
        model.mapStage2(0, layout.ram(), GuestLayout.RAM_BYTES);
        for (Placed each : placed) {
            if (each.guest() == number) {
                IommuDevice device = each.grouped().device();
                GuestDevice own = new GuestDevice(number, device, host.open(device), setup.page());
                expect(0, own.file().open().code(), "open");
                devices.add(own);
            }
        }
        return guest;
    }

    static void expect(int expected, int code, String call) {
        if (expected != code) {
            throw new Broken(ERRNO, call + " returned " + code + ", expected " + expected);
        }
    }

    NestedSetup setup() {
        return setup;
    }

    Host host() {
        return host;
    }

    Smmu smmu() {
        return smmu;
    }

    Guest guest(int number) {
        return guests.get(number % guests.size());
    }

    GuestDevice device(int number) {
        return devices.get(number % devices.size());
    }

    List<GuestDevice> devicesOf(Guest guest) {
        return devices.stream()
                .filter(device -> device.guest() == guest.number())
                .toList();
    }

    long doorbell() {
        return DOORBELL;
    }

    IommuDevice outside() {
        return outside;
    }

    IommuDevice refused() {
        return refused;
    }

    /** Runs a request that rewrites STEs, with a DMA of each device whenever the driver is about to wait for the SMMU. */
    void probing(Guest guest, Runnable request) {
        long address = guest.layout().va(guest.model().space(), 0);
        Probe watching = new Probe(guest, address, guest.model().outcomes(address), new ArrayList<>());
        probe = Optional.of(watching);
        request.run();
        probe = Optional.empty();
        Set<Outcome> after = guest.model().outcomes(address);
        boolean anything = watching.before().contains(new Outcome.Anything()) || after.contains(new Outcome.Anything());
        for (DmaResult result : watching.seen()) {
            if (result instanceof DmaResult.Ok ok
                    && !anything
                    && !watching.before().contains(new Outcome.Reached(ok.physicalAddress()))
                    && !after.contains(new Outcome.Reached(ok.physicalAddress()))) {
                throw new Broken(
                        TRANSIENT,
                        "DMA to 0x" + Long.toHexString(address) + " reached 0x" + Long.toHexString(ok.physicalAddress())
                                + " while the STE was rewritten");
            }
        }
        host.driver().handleEvents();
        for (EventRecord event : host.takeLog()) {
            if (event.type().equals(Optional.of(EventType.C_BAD_STE))) {
                throw new Broken(TRANSIENT, "DMA recorded C_BAD_STE while the STE was rewritten");
            }
        }
        devicesOf(guest).forEach(GuestDevice::takeFaults);
    }

    /**
     * Runs a guest's invalidation, which may concern no other guest. Meanwhile, whenever the driver sends a command, its endpoints
     * ask again for the pages that they had.
     */
    void invalidating(Guest guest, Runnable request) {
        List<Asking> all = new ArrayList<>();
        for (GuestDevice device : devicesOf(guest)) {
            device.cache().keySet().forEach(page -> all.add(new Asking(device, page, guest.epoch())));
        }
        asking = all;
        invalidating = true;
        request.run();
        invalidating = false;
        asking = List.of();
        if (!all.isEmpty()) {
            host.driver().handleEvents();
            host.takeLog();
            devicesOf(guest).forEach(GuestDevice::takeFaults);
        }
    }

    /** A page that an endpoint keeps asking for. */
    private record Asking(GuestDevice device, long page, int epoch) {}

    private void ask(Asking asked) {
        GuestDevice device = asked.device();
        Transaction request = Transaction.read(device.stream(), asked.page()).withAts(AtsKind.TRANSLATION_REQUEST);
        if (device.file().isBusMaster()
                && smmu.dma(request, new byte[0], 4) instanceof DmaResult.AtsCompleted completed
                && !completed.permissions().isEmpty()) {
            long physical = completed.translation().physicalAddress(asked.page());
            device.cache().put(asked.page(), new GuestDevice.Translation(physical, asked.epoch()));
        }
    }

    /** Closes everything, and finds what was not given back. */
    void close() {
        for (GuestDevice device : devices) {
            while (device.file().isOpen()) {
                device.file().close();
            }
        }
        guests.forEach(guest -> guest.container().close());
        if (host.instance(0).vmids().used() != 0) {
            throw new Broken(LIFE_CYCLE, host.instance(0).vmids().used() + " VMIDs are never released");
        } else if (host.instance(0).asids().used() != asids) {
            throw new Broken(LIFE_CYCLE, "an ASID is never released");
        } else if (host.tableBytes() != tableBytes) {
            throw new Broken(LIFE_CYCLE, host.tableBytes() - tableBytes + " bytes of tables are never freed");
        }
        for (GuestDevice device : devices) {
            if (device.device().faults().hasHandler()) {
                throw new Broken(LIFE_CYCLE, "the fault handler of " + device.device() + " is never unregistered");
            }
        }
    }

    private final class Watch implements DriverObserver {

        @Override
        public void illegal(CommandRecord command) {
            throw new Broken(
                    DRIVER,
                    "illegal command 0x" + Long.toHexString(command.dw0()) + " 0x" + Long.toHexString(command.dw1()));
        }

        @Override
        public void command(CommandRecord command) {
            int opcode = (int) command.dw0() & OPCODE;
            asking.forEach(NestedWorld.this::ask);
            if (invalidating && opcode == NSNH_ALL) {
                throw new Broken(COST, "a guest's invalidation sends CMD_TLBI_NSNH_ALL, which is of every VMID");
            }
            if (opcode == CFGI_STE) {
                probe.ifPresent(watching -> devicesOf(watching.guest()).stream()
                        .filter(device -> !device.stallCapable())
                        .filter(device -> device.stream() == command.streamId())
                        .forEach(device -> watching.seen()
                                .add(smmu.dma(Transaction.read(device.stream(), watching.address()), new byte[0], 4))));
            }
        }
    }

    /** The ATCs of all endpoints. */
    private final class Atcs implements Endpoints {

        @Override
        public boolean invalidate(Command.AtcInv invalidation) {
            for (GuestDevice device : devices) {
                if (device.stream() == invalidation.streamId()) {
                    long span = invalidation.size() >= ATC_ALL ? -1 : (1L << invalidation.size() + 12) - 1;
                    device.cache().keySet().removeIf(page -> (page & ~span) == (invalidation.address() & ~span));
                }
            }
            return true;
        }

        @Override
        public void respond(PageResponse response) {}
    }
}
