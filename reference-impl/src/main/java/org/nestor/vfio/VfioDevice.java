package org.nestor.vfio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.dma.MsiLayer;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuCore;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.iommu.UserBuffer;
import org.nestor.rule.Rule;

/** A device as user space opens it. If its domain is nested it has rings of faults and of responses, and an interrupt for faults. */
public final class VfioDevice {
    static final int FIXED_REGIONS = 9;

    private static final int REGION_SHIFT = 40;
    private static final Refusal NOT_OPEN = Refusal.of(Errno.EBADF, "R-LIF-01");
    private static final Refusal NO_MEMORY = Refusal.of(Errno.ENOMEM, "R-RSP-06");
    private static final Refusal BEYOND = Refusal.of(Errno.EINVAL, "R-REG-11");
    private static final Refusal NOT_THE_INDEX = Refusal.of(Errno.EINVAL, "R-REG-12");
    private static final Refusal NO_SUCH_ENTRY = Refusal.of(Errno.EINVAL, "R-REG-13");
    private static final Refusal NOT_MAPPABLE = Refusal.of(Errno.EINVAL, "R-REG-17");
    private static final Refusal PRIVATE_MAPPING = Refusal.of(Errno.EINVAL, "R-REG-18");

    private final IommuDevice device;
    private final IommuCore core;
    private final DeviceIrqs irqs;
    private final int page;
    private final Kernel kernel;
    private final DeviceRules.UnknownAttribute unknownAttribute;
    private final DeviceRules.PendingRequests pendingRequests;
    private final DeviceRules.ResponseAllocation responseAllocation;
    private final DeviceRules.UserIndex userIndex;
    private final DeviceRules.FaultSlot faultSlot;
    private final DeviceRules.HandlerRemoval handlerRemoval;
    private final List<IndexRing> rings = new ArrayList<>();
    private int opened;
    private boolean busMaster;

    /**
     * A device that is closed.
     *
     * @param page bytes of the host's page
     */
    public VfioDevice(IommuDevice device, IommuCore core, MsiLayer msi, int page, Kernel kernel, Parts parts) {
        this.device = device;
        this.core = core;
        this.irqs = new DeviceIrqs(device, msi);
        this.page = page;
        this.kernel = kernel;
        this.unknownAttribute = parts.get(DeviceRules.UnknownAttribute.class, DeviceRules.UnknownAttribute::new);
        this.pendingRequests = parts.get(DeviceRules.PendingRequests.class, DeviceRules.PendingRequests::new);
        this.responseAllocation = parts.get(DeviceRules.ResponseAllocation.class, DeviceRules.ResponseAllocation::new);
        this.userIndex = parts.get(DeviceRules.UserIndex.class, DeviceRules.UserIndex::new);
        this.faultSlot = parts.get(DeviceRules.FaultSlot.class, DeviceRules.FaultSlot::new);
        this.handlerRemoval = parts.get(DeviceRules.HandlerRemoval.class, DeviceRules.HandlerRemoval::new);
    }

    public IommuDevice device() {
        return device;
    }

    /** Opens it, or counts one more opener. */
    @Rule("R-REG-01")
    @Rule("R-REG-02")
    @Rule("R-REG-03")
    public Result<Done> open() {
        if (opened == 0) {
            Result<Done> result = nested().then(nested -> nested ? enableNested() : Done.OK);
            if (!result.isOk()) {
                return result;
            }
            busMaster = true;
        }
        opened++;
        return Done.OK;
    }

    private Result<Boolean> nested() {
        if (device.domain().isEmpty()) {
            return Result.ok(false);
        }
        Result<Integer> attribute = device.domain().map(IommuDomain::nesting).orElseThrow();
        Optional<Refusal> refusal = attribute.isOk() ? Optional.empty() : unknownAttribute.refuses(attribute);
        return refusal.isPresent()
                ? refusal.get().result()
                : Result.ok(attribute.toOptional().orElse(0) == 1);
    }

    @Rule("R-REG-04")
    @Rule("R-REG-27")
    @Rule("R-RSP-06")
    private Result<Done> enableNested() {
        if (!kernel.allocateRing()) {
            return NO_MEMORY.result();
        }
        FaultRing faults = new FaultRing(page);
        Result<Done> registered = device.faults().register(fault -> take(faults, fault));
        if (!registered.isOk()) {
            return registered;
        }
        if (!kernel.allocateRing() && responseAllocation.failureIsReported()) {
            device.faults().unregister();
            return NO_MEMORY.result();
        }
        irqs.setNested(true);
        rings.add(faults);
        rings.add(new ResponseRing(page));
        return Done.OK;
    }

    private Result<Done> take(FaultRing faults, IommuFault fault) {
        return faultSlot
                .take(faults::kernelIndex, kernel::awaitReporters, slot -> faults.store(slot, fault))
                .then(stored -> irqs.faultStored());
    }

    /** Closes it; the last opener's close releases everything. */
    @Rule("R-LIF-01")
    @Rule("R-LIF-02")
    @Rule("R-LIF-03")
    public void close() {
        if (opened == 0 || --opened > 0) {
            return;
        }
        busMaster = false;
        irqs.disableVectors();
        if (!rings.isEmpty()) {
            if (pendingRequests.drained()) {
                core.drain(device);
            }
            handlerRemoval.close(device.faults()::unregister);
        }
        irqs.release();
        rings.clear();
    }

    public boolean isOpen() {
        return opened > 0;
    }

    /** Whether the device may issue DMA: only while it is open. */
    public boolean isBusMaster() {
        return busMaster;
    }

    /** What the device writes to, to send an MSI; nothing while MSIs are off. */
    public OptionalLong msiAddress() {
        return irqs.msiAddress();
    }

    /** The host's interrupt controller has received the device's MSI. */
    public void msiReceived(int vector) {
        irqs.received(vector);
    }

    DeviceIrqs irqs() {
        return irqs;
    }

    List<IndexRing> rings() {
        return rings;
    }

    private Optional<IndexRing> ring(long index) {
        long ring = index - FIXED_REGIONS;
        return ring >= 0 && ring < rings.size() ? Optional.of(rings.get((int) ring)) : Optional.empty();
    }

    /** Reads from the device's file. */
    @Rule("R-REG-10")
    @Rule("R-REG-11")
    public Result<byte[]> read(long fileOffset, int count) {
        if (!isOpen()) {
            return NOT_OPEN.result();
        }
        Optional<IndexRing> ring = ring(fileOffset >>> REGION_SHIFT);
        long position = fileOffset & (1L << REGION_SHIFT) - 1;
        if (ring.isEmpty() || position >= ring.get().size()) {
            return BEYOND.result();
        }
        return Result.ok(ring.get()
                .bytes((int) position, (int) Math.min(count, ring.get().size() - position)));
    }

    /** Writes to the device's file, and tells how many bytes it took. */
    @Rule("R-REG-11")
    @Rule("R-REG-12")
    @Rule("R-REG-13")
    @Rule("R-REG-14")
    @Rule("R-RSP-01")
    public Result<Integer> write(long fileOffset, byte... bytes) {
        if (!isOpen()) {
            return NOT_OPEN.result();
        }
        Optional<IndexRing> ring = ring(fileOffset >>> REGION_SHIFT);
        long position = fileOffset & (1L << REGION_SHIFT) - 1;
        if (ring.isEmpty() || position >= ring.get().size()) {
            return BEYOND.result();
        }
        int count = (int) Math.min(bytes.length, ring.get().size() - position);
        if (!IndexRing.isUserIndex(position, count)) {
            return NOT_THE_INDEX.result();
        }
        long index = UserBuffer.u32(bytes, 0);
        if (!userIndex.accepts(index, IndexRing.ENTRIES)) {
            return NO_SUCH_ENTRY.result();
        }
        ring.get().setUserIndex((int) index);
        if (ring.get() instanceof ResponseRing responses) {
            responses.work(core, device);
        }
        return Result.ok(count);
    }

    /** Maps a part of the device's file. */
    @Rule("R-REG-17")
    @Rule("R-REG-18")
    public Result<RegionMapping> mmap(long fileOffset, int length, boolean shared) {
        if (!isOpen()) {
            return NOT_OPEN.result();
        } else if (!shared) {
            return PRIVATE_MAPPING.result();
        }
        Optional<IndexRing> ring = ring(fileOffset >>> REGION_SHIFT);
        long position = fileOffset & (1L << REGION_SHIFT) - 1;
        if (ring.isEmpty()
                || position < ring.get().page()
                || length <= 0
                || position + length > ring.get().size()) {
            return NOT_MAPPABLE.result();
        }
        return Result.ok(new RegionMapping(ring.get(), (int) position, length));
    }

    /** An ioctl of the device; the reply is what is written back to the caller's structure. */
    public Result<byte[]> ioctl(Ioctl ioctl, UserBuffer argument, EventFds files) {
        return isOpen() ? new DeviceIoctls(this, files).ioctl(ioctl, argument) : NOT_OPEN.result();
    }
}
