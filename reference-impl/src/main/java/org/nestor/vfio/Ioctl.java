package org.nestor.vfio;

import java.util.Arrays;
import java.util.Optional;

/** The ioctls, with their numbers. Some numbers mean something else to other IOMMU types. */
public enum Ioctl {
    GET_API_VERSION(0),
    CHECK_EXTENSION(1),
    SET_IOMMU(2),
    DEVICE_GET_INFO(7),
    DEVICE_GET_REGION_INFO(8),
    DEVICE_GET_IRQ_INFO(9),
    DEVICE_SET_IRQS(10),
    MAP_DMA(13),
    UNMAP_DMA(14),
    SET_PASID_TABLE(18),
    CACHE_INVALIDATE(19),
    SET_MSI_BINDING(20);

    private static final int TYPE = 0x3B << 8;
    private static final int BASE = 100;

    private final int offset;

    Ioctl(int offset) {
        this.offset = offset;
    }

    public int number() {
        return TYPE | BASE + offset;
    }

    public static Optional<Ioctl> of(int number) {
        return Arrays.stream(values()).filter(ioctl -> ioctl.number() == number).findFirst();
    }
}
