package org.nestor.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.TableSpace;
import org.nestor.vfio.Container;
import org.nestor.vfio.VfioDevice;
import org.nestor.vfio.VfioGroup;

/** A host with one or two SMMUs that remember everything, guests' memory, and a doorbell. */
public final class HostRig {
    public static final long RAM_BYTES = 1L << 32;
    public static final long TABLES = 0x8000_0000L;
    public static final long TABLES_END = 0xC000_0000L;
    public static final long DOORBELL = RAM_BYTES + 0x40;
    public static final long OTHER_DOORBELL = RAM_BYTES + 0x1_0040;

    public final PhysicalMemory memory;
    public final List<Smmu> smmus;
    public final Host host;

    public HostRig() {
        this(Parts.REFERENCE);
    }

    public HostRig(Parts parts) {
        this(Profile.FULL.idRegisters(), 1, DriverOptions.DEFAULT, parts);
    }

    public HostRig(IdRegisters ids, int count, DriverOptions options, Parts parts) {
        memory = new SparseMemory(List.of(MemoryRegion.ram(0, RAM_BYTES), new MemoryRegion(RAM_BYTES, 1 << 20, true)));
        smmus = java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new Smmu(
                        ids, memory, new SmmuParts(new CachedTranslation(CachePolicies::infinite)), RuleLog.NONE))
                .toList();
        host = new Host(smmus, TABLES, TABLES_END, options, parts);
    }

    public static IdRegisters withoutRanges() {
        IdRegisters full = Profile.FULL.idRegisters();
        return new IdRegisters(full.idr0(), full.idr1(), 0, full.idr3() & ~(1 << 10), 0, full.idr5(), 0, full.aidr());
    }

    public static IdRegisters withIdr0(int set, int clear) {
        IdRegisters full = Profile.FULL.idRegisters();
        return new IdRegisters(full.idr0() & ~clear | set, full.idr1(), 0, full.idr3(), 0, full.idr5(), 0, full.aidr());
    }

    public IommuGroup group() {
        return host.group(Optional.empty());
    }

    public IommuDevice device(DeviceDescription description) {
        return host.addDevice(description, 0, group()).toOptional().orElseThrow();
    }

    public IommuDevice device(int sid) {
        return device(DeviceDescription.of("d" + sid, sid, DOORBELL));
    }

    public IommuDomain nested() {
        IommuDomain domain = host.allocateDomain(DomainType.UNMANAGED);
        domain.setNesting(true);
        return domain;
    }

    public IommuDomain nestedWith(IommuDevice... devices) {
        IommuDomain domain = nested();
        for (IommuDevice device : devices) {
            if (!domain.attach(device).isOk()) {
                throw new IllegalStateException(device + " is refused");
            }
        }
        return domain;
    }

    public List<CommandRecord> commands() {
        return host.takeCommands();
    }

    /** The physical address that a read reaches, or a word for why there is none. */
    public String reach(IommuDevice device, long address) {
        DmaResult result = host.read(device, address, 4);
        return result instanceof DmaResult.Ok ok
                ? "0x" + Long.toHexString(ok.physicalAddress())
                : result.getClass().getSimpleName();
    }

    /** A container that maps process memory where it is in physical memory. */
    public Container container() {
        return host.container(virtual -> virtual < RAM_BYTES ? OptionalLong.of(virtual) : OptionalLong.empty());
    }

    public VfioDevice open(IommuDevice device) {
        return host.open(device);
    }

    public VfioGroup vfioGroup(IommuDevice device) {
        IommuGroup group = host.group(Optional.empty());
        group.add(device);
        return host.vfioGroup(group);
    }

    /** A guest's stage 1 in memory that stage 2 maps at an offset: IPA = PA - {@code offset}. */
    public Guest guest(long physical, long offset, int asid, Granule granule) {
        TableSpace space = TableSpace.physical(memory, new BumpAllocator(physical, physical + (1 << 24)))
                .seenAs(address -> address - offset);
        PageTable table = PageTable.stage1(space, granule, 40);
        LinearCdTable contexts = new LinearCdTable(space, 0);
        Guest guest = new Guest(table, contexts, asid);
        contexts.put(0, guest.cd());
        return guest;
    }

    /** What a guest has built. */
    public record Guest(PageTable table, LinearCdTable contexts, int asid) {

        public long base() {
            return contexts.s1ContextPtr();
        }

        public Cd cd() {
            return Cd.of(table).asid(asid);
        }

        public Guest map(long va, long ipa) {
            table.map(va, ipa, 3, Stage1Bits.READ_WRITE | Stage1Bits.NG);
            return this;
        }

        public Guest unmap(long va) {
            table.poke(va, 3, 0);
            return this;
        }
    }
}
