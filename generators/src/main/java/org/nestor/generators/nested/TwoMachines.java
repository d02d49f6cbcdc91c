package org.nestor.generators.nested;

import static org.nestor.generators.nested.Violation.Property.TRANSPARENCY;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.generators.vectors.Driver;
import org.nestor.generators.vectors.Machine;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Result;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.TableSpace;
import org.nestor.vfio.Container;
import org.nestor.vfio.Ioctl;
import org.nestor.vfio.VfioDevice;
import org.nestor.virtualizer.GuestMemory;
import org.nestor.virtualizer.Virtualizer;

/**
 * The same guest twice: on an SMMU of its own, which is emulated over the guest's memory, and on a virtual one whose stage 1 is walked
 * by the host's. Whatever the guest does is done to both, and what it sees is compared.
 */
public final class TwoMachines {
    public static final int STREAM = 0x10;
    public static final long GUEST_RAM = 0x4000_0000L;

    private static final long RAM_BYTES = 1L << 32;
    private static final long GUEST_BYTES = 1 << 24;
    private static final long TABLES = 0x8000_0000L;
    private static final long EMULATED_AT = 0x1000_0000L;
    private static final long NESTED_AT = 0x2000_0000L;
    private static final int LOG2_STREAMS = 6;
    private static final int BYTES = 4;

    private final Smmu emulated;
    private final Virtualizer virtual;
    private final Host host;
    private final IommuDevice device;
    private final List<Side> sides;

    /** The guest's software on one of the machines. */
    public record Side(Driver driver, LinearStreamTable streams, TableSpace space) {}

    /**
     * Both machines, with their SMMUs at power-on.
     *
     * @param stalls whether the device can stall
     * @param software what the host and the virtualizer are assembled from
     */
    public TwoMachines(boolean stalls, Parts software) {
        PhysicalMemory memory = new SparseMemory(List.of(MemoryRegion.ram(0, RAM_BYTES)));
        SmmuParts parts = new SmmuParts(new CachedTranslation(CachePolicies::infinite));
        Smmu physical = new Smmu(Profile.FULL.idRegisters(), memory, parts, RuleLog.NONE);
        host = new Host(List.of(physical), TABLES, RAM_BYTES, DriverOptions.DEFAULT, software);
        IommuGroup group = host.group(Optional.of(DomainType.DMA));
        DeviceDescription description = DeviceDescription.of("d", 7, RAM_BYTES - 64);
        device = host.addDevice(stalls ? description.withStall() : description, 0, group)
                .toOptional()
                .orElseThrow();
        Container container = host.container(OptionalLong::of);
        container.addGroup(host.vfioGroup(group));
        require(container.setIommu(Container.TYPE1_NESTING));
        byte[] map = new StructWriter(32)
                .u32(32)
                .u32(3)
                .u64(NESTED_AT)
                .u64(GUEST_RAM)
                .u64(GUEST_BYTES)
                .toBytes();
        require(container.ioctl(Ioctl.MAP_DMA, UserBuffer.of(map)));
        GuestMemory nestedMemory = new GuestMemory(memory, GUEST_RAM, NESTED_AT, GUEST_BYTES);
        virtual = new Virtualizer(container, Profile.FULL.idRegisters(), nestedMemory, host.page(), software);
        VfioDevice file = host.open(device);
        require(file.open());
        virtual.addDevice(STREAM, file);
        GuestMemory ownMemory = new GuestMemory(memory, GUEST_RAM, EMULATED_AT, GUEST_BYTES);
        emulated = new Smmu(
                virtual.ids(), ownMemory, new SmmuParts(new CachedTranslation(CachePolicies::infinite)), RuleLog.NONE);
        sides = List.of(
                side(new Registers(emulated::read, emulated::write, ownMemory)),
                side(new Registers(virtual::read, virtual::write, nestedMemory)));
    }

    private static void require(Result<?> result) {
        result.reason().ifPresent(refusal -> {
            throw new IllegalStateException("a guest cannot be started: " + refusal);
        });
    }

    private record Registers(ToLongFunction<Register> reads, ObjLongConsumer<Register> writes, PhysicalMemory memory)
            implements Machine {

        @Override
        public long read(Register register) {
            return reads.applyAsLong(register);
        }

        @Override
        public void write(Register register, long value) {
            writes.accept(register, value);
        }

        @Override
        public DmaResult dma(Transaction transaction, byte[] data, int length) {
            throw new UnsupportedOperationException("devices are not the guest's software");
        }
    }

    private static Side side(Machine machine) {
        TableSpace space =
                TableSpace.physical(machine.memory(), new BumpAllocator(GUEST_RAM, GUEST_RAM + GUEST_BYTES / 2));
        return new Side(new Driver(machine, space), new LinearStreamTable(space, LOG2_STREAMS), space);
    }

    /** The guest does something. */
    public void both(Consumer<Side> action) {
        sides.forEach(action);
    }

    public <T> List<T> make(Function<Side, T> maker) {
        List<T> made = new ArrayList<>();
        sides.forEach(side -> made.add(maker.apply(side)));
        return made;
    }

    public Side side(int index) {
        return sides.get(index);
    }

    /** A read of the device, as the guest sees it end: where, or how not. Both machines must agree on it and on the events. */
    public String read(long address) {
        String own = describe(emulated.dma(Transaction.read(STREAM, address), new byte[0], BYTES), 0);
        String nested = describe(host.read(device, address, BYTES), NESTED_AT - GUEST_RAM);
        agree("a read of 0x" + Long.toHexString(address), own, nested);
        compareEvents();
        return own;
    }

    private static void agree(String what, Object own, Object nested) {
        if (!own.equals(nested)) {
            throw new Broken(TRANSPARENCY, what + ": " + own + " on an emulated SMMU, " + nested + " on a nested one");
        }
    }

    private static String describe(DmaResult result, long offset) {
        return result instanceof DmaResult.Ok ok
                ? "0x" + Long.toHexString(ok.physicalAddress() - offset)
                : result.getClass().getSimpleName();
    }

    /** What the guest's event queues hold, which must be the same but for what is UNKNOWN in them. */
    public List<EventRecord> compareEvents() {
        virtual.takeFaults();
        List<EventRecord> own = sides.get(0).driver().takeEvents();
        List<EventRecord> nested = sides.get(1).driver().takeEvents();
        agree("the event queue", known(own), known(nested));
        return own;
    }

    private static List<EventRecord> known(List<EventRecord> events) {
        return events.stream()
                .map(event -> new EventRecord(event.dw0(), event.dw1(), event.dw2(), 0))
                .toList();
    }

    /** The stalled reads that have ended, on both machines alike. */
    public List<String> step() {
        List<String> own = ended(emulated.step(), 0);
        agree("stalled reads", own, ended(host.step(device), NESTED_AT - GUEST_RAM));
        return own;
    }

    private static List<String> ended(List<CompletedStall> stalls, long offset) {
        return stalls.stream()
                .map(end -> end.stag() + " " + describe(end.result(), offset))
                .toList();
    }

    public Virtualizer virtual() {
        return virtual;
    }
}
