package org.nestor.generators.nested;

import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.vfio.Container;
import org.nestor.vfio.Ioctl;

/** The ioctls as a virtualizer makes them. */
final class Requests {
    static final int SET = 1;
    static final int UNSET = 2;
    static final int TABLE_BYTES = 40;

    private Requests() {}

    private static int ioctl(Container container, Ioctl ioctl, StructWriter argument) {
        return container.ioctl(ioctl, UserBuffer.of(argument.toBytes())).code();
    }

    /** The argument of SET_PASID_TABLE. */
    static UserBuffer table(int flags, byte[] config) {
        return UserBuffer.of(new StructWriter(TABLE_BYTES)
                .u32(TABLE_BYTES)
                .u32(flags)
                .bytes(config)
                .toBytes());
    }

    /** That argument where the memory of its configuration has gone. */
    static UserBuffer tableWithoutConfig(int flags) {
        return UserBuffer.of(new StructWriter(8).u32(TABLE_BYTES).u32(flags).toBytes());
    }

    static int table(Container container, UserBuffer argument) {
        return container.ioctl(Ioctl.SET_PASID_TABLE, argument).code();
    }

    static int invalidate(Container container, byte[] info) {
        return ioctl(
                container,
                Ioctl.CACHE_INVALIDATE,
                new StructWriter(64).u32(64).u32(0).bytes(info));
    }

    static int map(Container container, long iova, long physical, long size) {
        return ioctl(
                container,
                Ioctl.MAP_DMA,
                new StructWriter(32).u32(32).u32(3).u64(physical).u64(iova).u64(size));
    }

    static int unmap(Container container, long iova, long size) {
        return ioctl(
                container,
                Ioctl.UNMAP_DMA,
                new StructWriter(24).u32(24).u32(0).u64(iova).u64(size));
    }

    static int binding(Container container, int flags, long giova, long gpa, long size) {
        return ioctl(
                container,
                Ioctl.SET_MSI_BINDING,
                new StructWriter(32).u32(32).u32(flags).u64(giova).u64(gpa).u64(size));
    }

    /** SET_IRQS of the first MSI-X vector: its eventfd, or off. */
    static byte[] msix(boolean on) {
        StructWriter out =
                new StructWriter(24).u32(24).u32(on ? 4 | 32 : 1 | 32).u32(2).u32(0);
        return on ? out.u32(1).u32(1).toBytes() : out.u32(0).toBytes();
    }
}
