package org.nestor.generators.nested;

import static org.nestor.generators.nested.Violation.Property.COST;
import static org.nestor.generators.nested.Violation.Property.DRIVER;
import static org.nestor.generators.nested.Violation.Property.ERRNO;
import static org.nestor.generators.nested.Violation.Property.ISOLATION;
import static org.nestor.generators.nested.Violation.Property.LIFE_CYCLE;
import static org.nestor.generators.nested.Violation.Property.TRANSIENT;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.nestor.generators.nested.GuestDomain.Stage1;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Result;
import org.nestor.iommu.smmuv3.DriverObserver;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.vfio.Container;
import org.nestor.vfio.VfioGroup;

/** Three guests with their devices on one host. One guest's devices are behind two SMMUs. */
final class NestedWorld {
    private static final long DOORBELL = Hardware.DOORBELL;
    private static final int GUESTS = 3;
    private static final int OUTSIDE = 0x70;
    private static final int REFUSED = 0x71;
    private static final int CFGI_STE = 0x03;
    private static final int NSNH_ALL = 0x30;
    private static final int OPCODE = 0xFF;

    private final NestedSetup setup;
    private final Hardware hardware;
    private final int kernel;
    private final Host host;
    private final Set<Located> taken = new HashSet<>();
    private final List<Guest> guests = new ArrayList<>();
    private final List<GuestDevice> devices = new ArrayList<>();
    private final IommuDevice outside;
    private final IommuDevice refused;
    private final long tableBytes;
    private final int asids;
    private final List<Place> places;
    private Optional<Probe> probe = Optional.empty();
    private boolean invalidating;
    private List<Asking> asking = List.of();

    /** The world of the kernel before, for as long as this one is taking over. */
    private Optional<NestedWorld> predecessor;

    private record Located(int stream, int smmu) {}

    /** A DMA of every device of a guest whenever an STE is rewritten. */
    record Probe(Guest guest, long address, List<Seen> seen) {}

    /** How one of them has ended. */
    record Seen(int smmu, DmaResult result) {}

    /** A host with its guests' RAM mapped and their devices open. */
    NestedWorld(NestedSetup setup) {
        this(setup, new Hardware(setup.smmus()), 0, Optional.empty());
    }

    /** The host of a kernel that takes over what the one before has left running. */
    private NestedWorld(NestedSetup setup, Hardware hardware, int kernel, Optional<NestedWorld> predecessor) {
        this.setup = setup;
        this.hardware = hardware;
        this.kernel = kernel;
        this.predecessor = predecessor;
        DriverOptions options = new DriverOptions(true, false, setup.granule(), false);
        host = new Host(
                hardware.smmus(),
                Hardware.tables(kernel),
                Hardware.tablesEnd(kernel),
                options,
                setup.parts(),
                new Watch());
        this.predecessor = Optional.empty();
        hardware.smmus().forEach(Smmu::step);
        host.driver().handleEvents();
        host.takeLog();
        hardware.connect(devices);
        outside = device(DeviceDescription.of("outside", OUTSIDE, DOORBELL), 0, defaultGroup());
        refused = device(DeviceDescription.of("refused", REFUSED, DOORBELL).withHardwareMsiRegion(), 0, defaultGroup());
        places = List.of(
                place(0, DeviceDescription.of("ats", 0x10, DOORBELL).withAts(), 0),
                place(0, DeviceDescription.of("plain", 0x11, DOORBELL), 0),
                place(1, DeviceDescription.of("other", 0x20, DOORBELL).withAts(), 0),
                place(2, DeviceDescription.of("stalling", 0x30, DOORBELL).withStall(), 0),
                place(1, DeviceDescription.of("far", 0x21, DOORBELL), 1));
        List<IommuDevice> plugged = places.stream().map(this::plug).toList();
        tableBytes = host.tableBytes();
        asids = asids();
        for (int i = 0; i < GUESTS; i++) {
            guests.add(start(i));
        }
        for (int i = 0; i < places.size(); i++) {
            devices.add(opened(places.get(i), plugged.get(i)));
        }
    }

    /** Where a device of a guest is plugged in. */
    private record Place(int guest, int smmu, DeviceDescription description, IommuGroup group, VfioGroup owned) {}

    private Place place(int guest, DeviceDescription description, int smmu) {
        IommuGroup group = defaultGroup();
        return new Place(guest, smmu, description, group, host.vfioGroup(group));
    }

    private IommuGroup defaultGroup() {
        return host.group(Optional.of(DomainType.DMA));
    }

    private IommuDevice plug(Place place) {
        return device(place.description(), place.smmu(), place.group());
    }

    private IommuDevice device(DeviceDescription description, int smmu, IommuGroup group) {
        IommuDevice device =
                host.addDevice(description, smmu, group).toOptional().orElseThrow();
        description.streamIds().forEach(stream -> taken.add(new Located(stream, smmu)));
        return device;
    }

    private Guest start(int number) {
        Container container = host.container(OptionalLong::of);
        GuestLayout layout = new GuestLayout(hardware.memory(), kernel * GUESTS + number, number == 2);
        Guest guest = new Guest(number, container, layout, new GuestModel(GuestLayout.SPACES, setup.page()));
        for (Place place : places) {
            if (place.guest() == number) {
                expect(0, container.addGroup(place.owned()).code(), "SET_CONTAINER");
                guest.joined(place.smmu());
            }
        }
        boot(guest);
        return guest;
    }

    /** Gives a container that has groups its IOMMU, and the guest its RAM. */
    private static void boot(Guest guest) {
        long ram = guest.layout().ram();
        expect(0, guest.container().setIommu(Container.TYPE1_NESTING).code(), "SET_IOMMU");
        expect(0, Requests.map(guest.container(), 0, ram, GuestLayout.RAM_BYTES), "MAP_DMA of RAM");
        guest.model().mapStage2(0, ram, GuestLayout.RAM_BYTES);
    }

    private GuestDevice opened(Place place, IommuDevice device) {
        GuestDevice own = new GuestDevice(place.guest(), place.smmu(), device, host.open(device), setup.page());
        expect(0, own.file().open().code(), "open");
        return own;
    }

    /** A device is closed, taken out of its container, and gone. */
    void unplug(GuestDevice device) {
        Place place = places.get(devices.indexOf(device));
        Guest guest = guest(device.guest());
        device.file().close();
        guest.container().removeGroup(place.owned());
        host.removeDevice(device.device(), place.group());
        List<GuestDevice> others =
                devicesOf(guest).stream().filter(other -> other != device).toList();
        if (others.stream().noneMatch(other -> other.smmu() == device.smmu())) {
            guest.left(device.smmu());
        }
        if (others.isEmpty()) {
            guest.model().leaveEverything();
        }
    }

    /** A device like the one that is gone is plugged in in its place, and becomes the same guest's. */
    void plugBack(GuestDevice gone) {
        int index = devices.indexOf(gone);
        Place place = places.get(index);
        Guest guest = guest(place.guest());
        boolean first = guest.domains().isEmpty();
        IommuDevice device = plug(place);
        expect(0, guest.container().addGroup(place.owned()).code(), "SET_CONTAINER of " + device);
        guest.joined(place.smmu());
        if (first) {
            boot(guest);
        }
        devices.set(index, opened(place, device));
    }

    /** A read that the driver hears of only when the world settles. */
    DmaResult begin(GuestDevice device, long address) {
        return smmuOf(device).dma(Transaction.read(device.stream(), address), new byte[0], 4);
    }

    /** Lets the driver and the SMMU of a device come to rest, and tells what has ended. */
    List<CompletedStall> settle(GuestDevice device) {
        host.driver().handleEvents();
        List<CompletedStall> completed = smmuOf(device).step();
        host.driver().handleEvents();
        return completed;
    }

    /** What a new kernel makes of this one's hardware, if there is memory for another. Nobody has told the devices to stop. */
    Optional<NestedWorld> takenOver() {
        return kernel + 1 == Hardware.KERNELS
                ? Optional.empty()
                : Optional.of(new NestedWorld(setup, hardware, kernel + 1, Optional.of(this)));
    }

    /** Reads of every device that still runs, which may reach what is its guest's. */
    private void goOn() {
        for (GuestDevice device : devices) {
            Guest guest = guest(device.guest());
            long address = guest.layout().va(guest.model().space(), 0);
            if (device.file().isBusMaster()
                    && begin(device, address) instanceof DmaResult.Ok ok
                    && !guest.model().owns(ok.physicalAddress())) {
                throw new Broken(
                        ISOLATION,
                        "DMA of " + device.device() + " reached 0x" + Long.toHexString(ok.physicalAddress())
                                + " while a new kernel took its SMMU over");
            }
        }
    }

    /** Whether a device behind that SMMU has the StreamID. */
    boolean isTaken(int stream, int smmu) {
        return taken.contains(new Located(stream, smmu));
    }

    /** Adds a device that no guest gets, and tells what the host says. */
    int plugIn(int stream, int smmu) {
        Result<IommuDevice> added =
                host.addDevice(DeviceDescription.of("plugged", stream, DOORBELL), smmu, host.group(Optional.empty()));
        if (added.isOk()) {
            taken.add(new Located(stream, smmu));
        }
        return added.code();
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

    private Smmu smmuOf(GuestDevice device) {
        return hardware.smmus().get(device.smmu());
    }

    /** What the SMMU of a domain can do. */
    SmmuKind kind(GuestDomain domain) {
        return setup.smmus().get(domain.smmu());
    }

    GuestDomain domainOf(GuestDevice device) {
        return guest(device.guest()).domain(device.smmu());
    }

    private int asids() {
        return host.instance(0).asids().used() + host.instance(1).asids().used();
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

    IommuDevice outside() {
        return outside;
    }

    IommuDevice refused() {
        return refused;
    }

    /**
     * Runs a request that rewrites STEs, with a DMA of each device whenever the driver is about to wait for the SMMU.
     *
     * @param next what the stage 1 of domains becomes, maybe only until another domain refuses
     */
    void probing(Guest guest, Map<GuestDomain, Stage1> next, Runnable request) {
        long address = guest.layout().va(guest.model().space(), 0);
        Probe watching = new Probe(guest, address, new ArrayList<>());
        probe = Optional.of(watching);
        request.run();
        probe = Optional.empty();
        for (Seen seen : watching.seen()) {
            GuestDomain domain = guest.domain(seen.smmu());
            Stage1 before = domain.stage1();
            Set<Outcome> allowed = guest.model().outcomes(before, address);
            allowed.addAll(guest.model().outcomes(next.getOrDefault(domain, before), address));
            if (seen.result() instanceof DmaResult.Ok ok
                    && !allowed.contains(new Outcome.Anything())
                    && !allowed.contains(new Outcome.Reached(ok.physicalAddress()))) {
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
                && smmuOf(device).dma(request, new byte[0], 4) instanceof DmaResult.AtsCompleted completed
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
        int vmids = host.instance(0).vmids().used() + host.instance(1).vmids().used();
        if (vmids != 0) {
            throw new Broken(LIFE_CYCLE, vmids + " VMIDs are never released");
        } else if (asids() != asids) {
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
        public void wrote(Register register) {
            predecessor.ifPresent(NestedWorld::goOn);
        }

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
                        .forEach(device ->
                                watching.seen().add(new Seen(device.smmu(), begin(device, watching.address())))));
            }
        }
    }
}
