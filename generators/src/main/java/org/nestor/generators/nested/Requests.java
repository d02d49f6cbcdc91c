package org.nestor.generators.nested;

import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.vfio.Container;
import org.nestor.vfio.Ioctl;

/** The ioctls as a virtualizer makes them. */
final class Requests {
    static final int SET = 1;
    static final int UNSET = 2;

    private Requests() {}

    private static int ioctl(Container container, Ioctl ioctl, StructWriter argument) {
        return container.ioctl(ioctl, UserBuffer.of(argument.toBytes())).code();
    }

    static int table(Container container, int flags, byte[] config) {
        return ioctl(
                container,
                Ioctl.SET_PASID_TABLE,
                new StructWriter(40).u32(40).u32(flags).bytes(config));
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
