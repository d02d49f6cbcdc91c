package org.nestor.vfio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.iommu.Errno;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.rule.Rule;

/** The ioctls of an open device, from and to their structures. */
final class DeviceIoctls {
    private static final Refusal UNKNOWN = Refusal.of(Errno.ENOTTY, "R-REG-05");
    private static final Refusal UNREADABLE = Refusal.of(Errno.EFAULT, "R-IRQ-03");
    private static final Refusal NO_REGION = Refusal.of(Errno.EINVAL, "R-REG-08");
    private static final Refusal NO_INFO = Refusal.of(Errno.EINVAL, "R-REG-05");
    private static final Refusal NO_IRQ = Refusal.of(Errno.EINVAL, "R-IRQ-03");
    private static final Refusal NO_ERR = Refusal.of(Errno.EINVAL, "R-IRQ-04");
    private static final Refusal MALFORMED_SET = Refusal.of(Errno.EINVAL, "R-IRQ-11");
    private static final Refusal OUT_OF_RANGE = Refusal.of(Errno.EINVAL, "R-IRQ-06");
    private static final Refusal BAD_FILE = Refusal.of(Errno.EBADF, "R-IRQ-07");

    private static final int INFO_BYTES = 16;
    private static final int DEVICE_FLAGS = 0b11;
    private static final int REGION_BYTES = 32;
    private static final int REGION_FLAGS = 0b1111;
    private static final int REGION_READ_WRITE = 0b11;
    private static final int CONFIG_REGION = 7;
    private static final int VGA_REGION = 8;
    private static final int CONFIG_BYTES = 256;
    private static final int REGION_SHIFT = 40;
    private static final int CAP_SPARSE_MMAP = 1;
    private static final int CAP_REGION_TYPE = 2;
    private static final int CAP_IRQ_TYPE = 3;
    private static final int CAP_DMA_FAULT = 6;
    private static final int CAP_DMA_FAULT_RESPONSE = 7;
    private static final int TYPE_NESTED = 4;
    private static final int IRQ_TYPE_NESTED = 1;
    private static final int IRQ_SUBTYPE_DMA_FAULT = 1;
    private static final int ABI_VERSION = 1;
    private static final int IRQ_MINIMUM = 16;
    private static final int IRQ_BYTES = 20;
    private static final int IRQ_EVENTFD = 1;
    private static final int IRQ_MASKABLE = 1 << 1;
    private static final int IRQ_AUTOMASKED = 1 << 2;
    private static final int IRQ_NORESIZE = 1 << 3;
    private static final int IRQ_CAPS = 1 << 4;
    private static final int SET_BYTES = 20;
    private static final int DATA_MASK = 0b111;
    private static final int DATA_NONE = 1;
    private static final int DATA_BOOL = 1 << 1;
    private static final int DATA_EVENTFD = 1 << 2;
    private static final int ACTION_MASK = 0b111 << 3;
    private static final int ACTION_TRIGGER = 1 << 5;

    private final VfioDevice device;
    private final EventFds files;

    DeviceIoctls(VfioDevice device, EventFds files) {
        this.device = device;
        this.files = files;
    }

    Result<byte[]> ioctl(Ioctl ioctl, UserBuffer argument) {
        return switch (ioctl) {
            case DEVICE_GET_INFO -> info(argument);
            case DEVICE_GET_REGION_INFO -> region(argument);
            case DEVICE_GET_IRQ_INFO -> irq(argument);
            case DEVICE_SET_IRQS -> setIrqs(argument);
            default -> UNKNOWN.result();
        };
    }

    @Rule("R-REG-05")
    private Result<byte[]> info(UserBuffer argument) {
        Optional<byte[]> head = argument.read(0, INFO_BYTES);
        if (head.isEmpty()) {
            return UNREADABLE.result();
        }
        long argsz = UserBuffer.u32(head.get(), 0);
        if (argsz < INFO_BYTES) {
            return NO_INFO.result();
        }
        return Result.ok(new StructWriter(INFO_BYTES)
                .u32(argsz)
                .u32(DEVICE_FLAGS)
                .u32(VfioDevice.FIXED_REGIONS + device.rings().size())
                .u32(device.irqs().count())
                .toBytes());
    }

    @Rule("R-REG-06")
    @Rule("R-REG-07")
    @Rule("R-REG-08")
    private Result<byte[]> region(UserBuffer argument) {
        Optional<byte[]> head = argument.read(0, REGION_BYTES);
        if (head.isEmpty()) {
            return UNREADABLE.result();
        }
        long argsz = UserBuffer.u32(head.get(), 0);
        long index = UserBuffer.u32(head.get(), 8);
        long ring = index - VfioDevice.FIXED_REGIONS;
        if (argsz < REGION_BYTES
                || index == VGA_REGION
                || ring >= device.rings().size()) {
            return NO_REGION.result();
        } else if (ring < 0) {
            boolean config = index == CONFIG_REGION;
            return Result.ok(regionInfo(
                    argsz, config ? REGION_READ_WRITE : 0, index, 0, config ? CONFIG_BYTES : 0, new byte[0]));
        }
        IndexRing region = device.rings().get((int) ring);
        boolean faults = region instanceof FaultRing;
        Capabilities chain = new Capabilities()
                .add(CAP_REGION_TYPE, TYPE_NESTED, faults ? 1 : 2)
                .add(faults ? CAP_DMA_FAULT : CAP_DMA_FAULT_RESPONSE, ABI_VERSION)
                .add(CAP_SPARSE_MMAP, 1, 0, region.page(), 0, region.size() - region.page(), 0);
        int needed = REGION_BYTES + chain.size();
        if (argsz < needed) {
            return Result.ok(regionInfo(needed, REGION_FLAGS, index, 0, region.size(), new byte[0]));
        }
        return Result.ok(regionInfo(argsz, REGION_FLAGS, index, REGION_BYTES, region.size(), chain.at(REGION_BYTES)));
    }

    private static byte[] regionInfo(long argsz, int flags, long index, int chainAt, long size, byte[] chain) {
        return new StructWriter(REGION_BYTES + chain.length)
                .u32(argsz)
                .u32(flags)
                .u32(index)
                .u32(chainAt)
                .u64(size)
                .u64(index << REGION_SHIFT)
                .bytes(chain)
                .toBytes();
    }

    @Rule("R-IRQ-01")
    @Rule("R-IRQ-02")
    @Rule("R-IRQ-03")
    @Rule("R-IRQ-04")
    private Result<byte[]> irq(UserBuffer argument) {
        Optional<byte[]> head = argument.read(0, IRQ_MINIMUM);
        if (head.isEmpty()) {
            return UNREADABLE.result();
        }
        long argsz = UserBuffer.u32(head.get(), 0);
        long index = UserBuffer.u32(head.get(), 8);
        if (argsz < IRQ_MINIMUM || index >= device.irqs().count()) {
            return NO_IRQ.result();
        } else if (index == DeviceIrqs.ERR) {
            return NO_ERR.result();
        } else if (index != DeviceIrqs.NESTED) {
            int kind = index == DeviceIrqs.INTX ? IRQ_MASKABLE | IRQ_AUTOMASKED : IRQ_NORESIZE;
            int vectors = DeviceIrqs.vectorsOf((int) index);
            return Result.ok(irqInfo(argsz, IRQ_EVENTFD | kind, index, vectors, 0, new byte[0]));
        }
        Capabilities chain = new Capabilities().add(CAP_IRQ_TYPE, IRQ_TYPE_NESTED, IRQ_SUBTYPE_DMA_FAULT);
        int needed = IRQ_BYTES + chain.size();
        int flags = IRQ_EVENTFD | IRQ_CAPS;
        return Result.ok(
                argsz < needed
                        ? irqInfo(argsz < IRQ_BYTES ? argsz : needed, flags, index, 1, 0, new byte[0], needed)
                        : irqInfo(argsz, flags, index, 1, IRQ_BYTES, chain.at(IRQ_BYTES)));
    }

    private static byte[] irqInfo(long argsz, int flags, long index, int count, int chainAt, byte[] chain) {
        return irqInfo(argsz, flags, index, count, chainAt, chain, argsz);
    }

    /** Only as much of the structure as the caller has room for is written. */
    private static byte[] irqInfo(long room, int flags, long index, int count, int chainAt, byte[] chain, long argsz) {
        StructWriter out = new StructWriter((room < IRQ_BYTES ? IRQ_MINIMUM : IRQ_BYTES) + chain.length)
                .u32(argsz)
                .u32(flags)
                .u32(index)
                .u32(count);
        return room < IRQ_BYTES ? out.toBytes() : out.u32(chainAt).bytes(chain).toBytes();
    }

    @Rule("R-IRQ-06")
    @Rule("R-IRQ-11")
    private Result<byte[]> setIrqs(UserBuffer argument) {
        Optional<byte[]> head = argument.read(0, SET_BYTES);
        if (head.isEmpty()) {
            return UNREADABLE.result();
        }
        long argsz = UserBuffer.u32(head.get(), 0);
        int flags = (int) UserBuffer.u32(head.get(), 4);
        long index = UserBuffer.u32(head.get(), 8);
        long start = UserBuffer.u32(head.get(), 12);
        long count = UserBuffer.u32(head.get(), 16);
        int data = flags & DATA_MASK;
        int action = flags & ACTION_MASK;
        if (argsz < SET_BYTES
                || index >= device.irqs().count()
                || (flags & ~(DATA_MASK | ACTION_MASK)) != 0
                || Integer.bitCount(data) != 1
                || Integer.bitCount(action) != 1) {
            return MALFORMED_SET.result();
        }
        int vectors = DeviceIrqs.vectorsOf((int) index);
        if (start >= vectors || start + count > vectors) {
            return OUT_OF_RANGE.result();
        }
        int width = data == DATA_EVENTFD ? Integer.BYTES : data == DATA_BOOL ? 1 : 0;
        if (width > 0 && (count == 0 || argsz - SET_BYTES < width * count)) {
            return MALFORMED_SET.result();
        }
        Optional<byte[]> tail = argument.read(SET_BYTES, (int) (width * count));
        if (tail.isEmpty()) {
            return UNREADABLE.result();
        }
        return act((int) index, (int) start, (int) count, data, action == ACTION_TRIGGER, tail.get());
    }

    private Result<byte[]> act(int index, int start, int count, int data, boolean trigger, byte[] tail) {
        List<Boolean> bools = new ArrayList<>();
        List<Optional<EventFd>> fds = new ArrayList<>();
        for (int i = 0; i < count && data != DATA_NONE; i++) {
            if (data == DATA_BOOL) {
                bools.add(tail[i] != 0);
                continue;
            }
            int descriptor = (int) UserBuffer.u32(tail, Integer.BYTES * i);
            Optional<EventFd> file = descriptor == -1 ? Optional.empty() : files.get(descriptor);
            if (descriptor != -1 && file.isEmpty()) {
                return BAD_FILE.result();
            }
            fds.add(file);
        }
        DeviceIrqs.Action.Kind kind = switch (data) {
            case DATA_NONE -> DeviceIrqs.Action.Kind.NONE;
            case DATA_BOOL -> DeviceIrqs.Action.Kind.BOOL;
            default -> DeviceIrqs.Action.Kind.EVENTFD;
        };
        return device.irqs()
                .set(new DeviceIrqs.Action(index, start, count, kind, trigger, bools, fds))
                .then(done -> Result.ok(new byte[0]));
    }
}
