package org.nestor.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.dma.MsiLayer;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Done;
import org.nestor.iommu.IommuCore;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Result;
import org.nestor.iommu.smmuv3.DriverObserver;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.iommu.smmuv3.PageAllocator;
import org.nestor.iommu.smmuv3.SmmuDriver;
import org.nestor.iommu.smmuv3.SmmuInstance;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.vfio.Container;
import org.nestor.vfio.ProcessMemory;
import org.nestor.vfio.VfioDevice;
import org.nestor.vfio.VfioGroup;

/** SMMUs with their driver and everything above it, and devices behind them. */
public final class Host {
    private static final int MSI_BYTES = 4;

    private final Parts parts;
    private final DriverOptions options;
    private final int page;
    private final List<Smmu> smmus;
    private final List<SmmuInstance> instances = new ArrayList<>();
    private final HostObserver observer;
    private final IommuCore core = new IommuCore();
    private final PageAllocator pages;
    private final MsiLayer msi;
    private final SmmuDriver driver;
    private final Map<IommuDevice, Smmu> behind = new LinkedHashMap<>();
    private final HostKernel kernel = new HostKernel();

    /**
     * Starts the driver on SMMUs that share their memory.
     *
     * @param tables first physical address of the memory for the driver's tables and queues
     * @param limit the address behind that memory
     */
    public Host(List<Smmu> smmus, long tables, long limit, DriverOptions options, Parts parts) {
        this(smmus, tables, limit, options, parts, DriverObserver.NONE);
    }

    /** As the other, and tells an observer what the driver does. */
    public Host(List<Smmu> smmus, long tables, long limit, DriverOptions options, Parts parts, DriverObserver also) {
        this.observer = new HostObserver(also);
        this.parts = parts;
        this.options = options;
        this.page = pageBytes(options.hostGranule());
        this.smmus = List.copyOf(smmus);
        this.pages = new PageAllocator(smmus.get(0).memory(), tables, limit);
        this.msi = new MsiLayer(page, parts);
        this.driver = new SmmuDriver(parts, msi, observer);
        for (Smmu smmu : smmus) {
            instances.add(driver.start(new HostSmmu(smmu), pages, options));
        }
    }

    private static int pageBytes(Granule granule) {
        return switch (granule) {
            case KB4 -> 1 << 12;
            case KB16 -> 1 << 14;
            case KB64 -> 1 << 16;
        };
    }

    public IommuCore core() {
        return core;
    }

    public MsiLayer msi() {
        return msi;
    }

    public SmmuDriver driver() {
        return driver;
    }

    public DriverOptions options() {
        return options;
    }

    /** Bytes of the host's page. */
    public int page() {
        return page;
    }

    /** The driver's view of an SMMU. */
    public SmmuInstance instance(int index) {
        return instances.get(index);
    }

    /** Bytes of tables and queues in use. */
    public long tableBytes() {
        return pages.used();
    }

    /** A group of its own for devices, in a default domain if there is to be one. */
    public IommuGroup group(Optional<DomainType> defaultDomain) {
        return new IommuGroup(defaultDomain.map(driver::allocateDomain));
    }

    /** Adds a device to a group. */
    public Result<IommuDevice> addDevice(DeviceDescription description, int smmu, IommuGroup group) {
        return driver.probe(description, instances.get(smmu)).then(device -> {
            behind.put(device, smmus.get(smmu));
            return group.add(device).then(done -> Result.ok(device));
        });
    }

    /** Takes a device away that no container holds any more. */
    public void removeDevice(IommuDevice device, IommuGroup group) {
        driver.remove(device);
        group.remove(device);
        behind.remove(device);
    }

    public IommuDomain allocateDomain(DomainType type) {
        return driver.allocateDomain(type);
    }

    /** An empty container of a process. */
    public Container container(ProcessMemory process) {
        return new Container(core, msi, () -> driver.allocateDomain(DomainType.UNMANAGED), process, page, parts);
    }

    /** A device as a process opens it. */
    public VfioDevice open(IommuDevice device) {
        return new VfioDevice(device, core, msi, page, kernel, parts);
    }

    /** How many rings can still be allocated. */
    public void setRingsLeft(int rings) {
        kernel.setRingsLeft(rings);
    }

    /** What happens, once, while the next fault is on its way into its ring. */
    public void setReporters(Runnable reporters) {
        kernel.setReporters(reporters);
    }

    public VfioGroup vfioGroup(IommuGroup group) {
        return new VfioGroup(group);
    }

    /** DMA of a device, after which the driver deals with the events it caused. */
    public DmaResult dma(IommuDevice device, Transaction transaction, byte[] data, int length) {
        DmaResult result = smmuOf(device).dma(transaction, data, length);
        driver.handleEvents();
        return result;
    }

    public DmaResult read(IommuDevice device, long address, int length) {
        return dma(device, Transaction.read(stream(device), address), new byte[0], length);
    }

    public DmaResult write(IommuDevice device, long address, byte... data) {
        return dma(device, Transaction.write(stream(device), address), data, data.length);
    }

    private static int stream(IommuDevice device) {
        return device.description().streamIds().get(0);
    }

    private Smmu smmuOf(IommuDevice device) {
        return Optional.ofNullable(behind.get(device)).orElseThrow();
    }

    /** Lets an open device send an MSI, and tells whether it reached the doorbell. */
    public boolean sendMsi(VfioDevice device, int vector) {
        OptionalLong address = device.msiAddress();
        Optional<Long> doorbell = device.device().description().msiDoorbell();
        if (address.isEmpty() || doorbell.isEmpty()) {
            return false;
        }
        byte[] data = new byte[MSI_BYTES];
        data[0] = (byte) vector;
        boolean delivered = write(device.device(), address.getAsLong(), data) instanceof DmaResult.Ok ok
                && ok.physicalAddress() == doorbell.get();
        if (delivered) {
            device.msiReceived(vector);
        }
        return delivered;
    }

    /** Lets the SMMUs and the driver come to rest, and tells which stalled DMAs of a device's SMMU have ended. */
    public List<CompletedStall> step(IommuDevice device) {
        driver.handleEvents();
        List<CompletedStall> completed = smmuOf(device).step();
        driver.handleEvents();
        return completed;
    }

    /** The commands that the driver has sent since the last call. */
    public List<CommandRecord> takeCommands() {
        return observer.takeCommands();
    }

    /** The events that the driver has printed since the last call. */
    public List<EventRecord> takeLog() {
        return observer.takeLog();
    }

    /** Ends a domain that no device is in. */
    public Result<Done> free(IommuDomain domain) {
        domain.free();
        return Done.OK;
    }
}
