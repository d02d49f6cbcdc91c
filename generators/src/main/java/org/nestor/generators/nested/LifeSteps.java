package org.nestor.generators.nested;

import static org.nestor.generators.nested.Violation.Property.FAULTS;
import static org.nestor.generators.nested.Violation.Property.LIFE_CYCLE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.StructWriter;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.vfio.RegionMapping;
import org.nestor.vfio.VfioDevice;

/** The steps that answer stalls, and that open and close devices. */
final class LifeSteps {
    private static final int ENOMEM = -12;
    private static final int EINVAL = -22;
    private static final long FAULT_RING = 9L << 40;
    private static final long RESPONSES = 10L << 40;
    private static final int ENTRIES = 512;
    private static final int[] STREAMS = {0x10, 0x11, 0x20, 0x21, 0x30, 0x40, 0x41};

    private final NestedWorld world;

    LifeSteps(NestedWorld world) {
        this.world = world;
    }

    /** Answers every stall through the response ring; each ends, or stalls again and is reported again. */
    void answer(GuestDevice device, int code) {
        if (!device.file().isOpen() || device.stalls().isEmpty()) {
            return;
        }
        Map<Integer, Boolean> answered = new HashMap<>(device.stalls());
        device.stalls().clear();
        int page = world.setup().page();
        RegionMapping ring = device.file()
                .mmap(RESPONSES + page, PageResponse.BYTES * 512, true)
                .toOptional()
                .orElseThrow();
        for (int group : answered.keySet()) {
            ring.write(
                    PageResponse.BYTES * device.nextResponse(),
                    PageResponse.of(group, code % 3).toBytes());
        }
        device.file()
                .write(RESPONSES, new StructWriter(4).u32(device.responses()).toBytes());
        List<CompletedStall> ended = world.host().step(device.device());
        device.takeFaults().forEach(record -> device.noteStall(record));
        for (CompletedStall end : ended) {
            if (end.result() instanceof DmaResult.Ok ok
                    && !world.guest(device.guest()).model().owns(ok.physicalAddress())
                    && !isMsi(device, answered.getOrDefault(end.stag(), false), ok.physicalAddress())) {
                throw new Broken(
                        Violation.Property.ISOLATION,
                        "a retried DMA reached 0x" + Long.toHexString(ok.physicalAddress()));
            }
        }
        if (ended.size() + device.stalls().size() != answered.size()) {
            throw new Broken(
                    FAULTS,
                    answered.size() + " stalls were answered, " + ended.size() + " ended and "
                            + device.stalls().size() + " stalled again");
        }
        world.host().takeLog();
    }

    /** Whether a retried write has come to the page of a doorbell, which stage 2 lets MSIs write and nothing read. */
    private boolean isMsi(GuestDevice device, boolean write, long physical) {
        long page = -world.setup().page();
        return write
                && (physical & page) == (Hardware.DOORBELL & page)
                && !world.domainOf(device).mapped().isEmpty();
    }

    /** Closing ends every stall, even one that the driver has not heard of yet, and what was closed can be opened. */
    void reopen(GuestDevice device, OptionalLong underWay) {
        close(device, underWay);
        open(device);
    }

    private void close(GuestDevice device, OptionalLong underWay) {
        if (device.file().isOpen()) {
            int begun = begin(device, underWay);
            device.file().close();
            ended(device, begun, "closed");
            device.reopened();
        }
    }

    /**
     * A device is pulled out of its guest and of the host, and comes back. An event of a stream that is nobody's any more concerns no
     * handler, and its transaction must still end.
     */
    void replug(GuestDevice device, OptionalLong underWay) {
        int begun = begin(device, underWay);
        world.unplug(device);
        ended(device, begun, "pulled out");
        world.plugBack(device);
    }

    /** Begins a read, and tells how many stalls come of it. What the SMMU has to say of it waits for the driver. */
    private int begin(GuestDevice device, OptionalLong address) {
        if (address.isEmpty() || !device.mayIssue()) {
            return 0;
        }
        DmaResult result = world.begin(device, address.getAsLong());
        if (result instanceof DmaResult.Ok ok
                && !world.guest(device.guest()).model().owns(ok.physicalAddress())) {
            throw new Broken(
                    Violation.Property.ISOLATION,
                    "a DMA of " + device.device() + " reached 0x" + Long.toHexString(ok.physicalAddress())
                            + ", which stage 2 does not map");
        }
        return result instanceof DmaResult.Stalled ? 1 : 0;
    }

    /** Those that were reported end as requests that nobody answers; those that were not, as events that nobody takes. */
    private void ended(GuestDevice device, int begun, String when) {
        int waiting = device.stalls().size() + begun;
        int ended = world.settle(device).size();
        world.host().takeLog();
        if (ended != waiting) {
            throw new Broken(
                    device.stalls().isEmpty() ? FAULTS : LIFE_CYCLE,
                    waiting + " stalls of " + device.device() + " were pending when it was " + when + ", and " + ended
                            + " ended");
        }
    }

    private static void open(GuestDevice device) {
        NestedWorld.expect(0, device.file().open().code(), "open of " + device.device());
    }

    void reopenShort(GuestDevice device) {
        close(device, OptionalLong.empty());
        world.host().setRingsLeft(1);
        int code = device.file().open().code();
        world.host().setRingsLeft(Integer.MAX_VALUE);
        NestedWorld.expect(ENOMEM, code, "open of " + device.device() + " without memory for its responses");
        open(device);
    }

    /** User space writes an index that is beyond the ring, which must not take it. */
    void oddTail(GuestDevice device, int choice) {
        if (!device.file().isOpen()) {
            return;
        }
        long[] beyond = {ENTRIES, ENTRIES + 1L, 1L << 31, 0xFFFF_FFFFL};
        int index = (int) beyond[choice % beyond.length];
        int code = device.file()
                .write(FAULT_RING, new StructWriter(4).u32(index).toBytes())
                .code();
        NestedWorld.expect(EINVAL, code, "index 0x" + Integer.toHexString(index) + " of a ring of faults");
    }

    /** A device is plugged in whose StreamID may be that of another: then it is refused, and the other goes on. */
    void plugIn(int choice, int smmu) {
        int stream = STREAMS[choice % STREAMS.length];
        boolean taken = world.isTaken(stream, smmu % Hardware.SMMUS);
        int code = world.plugIn(stream, smmu % Hardware.SMMUS);
        NestedWorld.expect(
                taken ? EINVAL : 0, code, "probe of a device with StreamID 0x" + Integer.toHexString(stream));
    }

    void openOutside() {
        VfioDevice file = world.host().open(world.outside());
        NestedWorld.expect(0, file.open().code(), "open of a device in no container");
        file.close();
    }

    void refusedAttach() {
        int before = world.host().instance(0).vmids().used();
        IommuDomain domain = world.host().allocateDomain(DomainType.UNMANAGED);
        domain.setNesting(true);
        NestedWorld.expect(
                EINVAL, domain.attach(world.refused()).code(), "attach of a device with a hardware MSI region");
        domain.free();
        if (world.host().instance(0).vmids().used() != before) {
            throw new Broken(LIFE_CYCLE, "the VMID of a domain whose attach was refused is not released");
        }
    }
}
