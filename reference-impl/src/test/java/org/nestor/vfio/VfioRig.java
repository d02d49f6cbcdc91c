package org.nestor.vfio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.host.HostRig;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.Done;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Result;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.smmu.register.Profile;

/** A process with a nested container on a host with two SMMUs. */
final class VfioRig {
    static final int SET = 1;
    static final int UNSET = 2;

    final HostRig rig;
    final Container container;
    final Map<Integer, EventFd> files = new HashMap<>();

    VfioRig(Parts parts) {
        rig = new HostRig(Profile.FULL.idRegisters(), 2, DriverOptions.DEFAULT, parts);
        container = rig.container();
    }

    /** A group of one device. */
    record Member(IommuDevice device, VfioGroup group) {}

    Member member(DeviceDescription description, int smmu) {
        IommuGroup group = rig.host.group(Optional.of(org.nestor.iommu.DomainType.DMA));
        IommuDevice device =
                rig.host.addDevice(description, smmu, group).toOptional().orElseThrow();
        return new Member(device, rig.host.vfioGroup(group));
    }

    Member member(int sid) {
        return member(DeviceDescription.of("d" + sid, sid, HostRig.DOORBELL), 0);
    }

    /** A device in a nested container. */
    Member joined(int sid) {
        return join(member(sid));
    }

    Member join(Member member) {
        Result<Done> added = container.addGroup(member.group());
        if (!added.isOk()) {
            throw new IllegalStateException(added.toString());
        }
        container.setIommu(Container.TYPE1_NESTING);
        return member;
    }

    VfioDevice open(Member member) {
        VfioDevice device = rig.open(member.device());
        if (!device.open().isOk()) {
            throw new IllegalStateException("does not open");
        }
        return device;
    }

    int ioctl(Ioctl ioctl, byte... argument) {
        return container.ioctl(ioctl, UserBuffer.of(argument)).code();
    }

    int table(int flags, PasidTableConfig config) {
        return ioctl(
                Ioctl.SET_PASID_TABLE,
                new StructWriter(40).u32(40).u32(flags).bytes(config.toBytes()).toBytes());
    }

    int set(int config, long base) {
        return table(SET, PasidTableConfig.of(config, base));
    }

    int binding(int flags, long giova, long gpa, long size) {
        return ioctl(
                Ioctl.SET_MSI_BINDING,
                new StructWriter(32)
                        .u32(32)
                        .u32(flags)
                        .u64(giova)
                        .u64(gpa)
                        .u64(size)
                        .toBytes());
    }

    int invalidate(byte[] info) {
        return ioctl(
                Ioctl.CACHE_INVALIDATE,
                new StructWriter(8 + info.length).u32(64).u32(0).bytes(info).toBytes());
    }

    int map(long iova, long virtual, long size) {
        return ioctl(
                Ioctl.MAP_DMA,
                new StructWriter(32)
                        .u32(32)
                        .u32(3)
                        .u64(virtual)
                        .u64(iova)
                        .u64(size)
                        .toBytes());
    }

    int unmap(long iova, long size) {
        return ioctl(
                Ioctl.UNMAP_DMA,
                new StructWriter(24).u32(24).u32(0).u64(iova).u64(size).toBytes());
    }

    Result<byte[]> deviceIoctl(VfioDevice device, Ioctl ioctl, byte... argument) {
        return device.ioctl(ioctl, UserBuffer.of(argument), fd -> Optional.ofNullable(files.get(fd)));
    }

    /** SET_IRQS with 32-bit data. */
    int irqs(VfioDevice device, int flags, int index, int start, int count, int... data) {
        StructWriter out = new StructWriter(20 + 4 * data.length)
                .u32(20 + 4 * data.length)
                .u32(flags)
                .u32(index)
                .u32(start)
                .u32(count);
        for (int word : data) {
            out.u32(word);
        }
        return deviceIoctl(device, Ioctl.DEVICE_SET_IRQS, out.toBytes()).code();
    }

    List<Long> steConfigs(int... sids) {
        return java.util.Arrays.stream(sids)
                .mapToObj(sid -> rig.host.instance(0).ste(sid).dw0() & 0xF)
                .toList();
    }
}
