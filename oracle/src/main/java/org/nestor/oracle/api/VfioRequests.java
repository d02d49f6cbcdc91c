package org.nestor.oracle.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.nestor.iommu.Done;
import org.nestor.iommu.Result;
import org.nestor.iommu.UserBuffer;
import org.nestor.memory.Bytes;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.Reply;
import org.nestor.protocol.json.Members;
import org.nestor.vfio.Container;
import org.nestor.vfio.Ioctl;
import org.nestor.vfio.VfioDevice;

/** {@code vfio.*}: containers and devices as a process uses them, structures as raw bytes. */
final class VfioRequests {
    private static final int REGION_SHIFT = 40;
    private static final int REGION_BITS = 16;
    private static final int MOST_BYTES = 1 << 16;
    private static final Map<String, Integer> TYPES = new TreeMap<>(
            Map.of("type1", Container.TYPE1, "type1v2", Container.TYPE1V2, "nesting", Container.TYPE1_NESTING));

    private VfioRequests() {}

    static Map<String, Function<Members, ApiAction>> byName() {
        Map<String, Function<Members, ApiAction>> map = new HashMap<>();
        map.put("vfio.addGroup", in -> {
            String device = Arguments.name(in, "device");
            return onContainer(in, (session, container) -> Replies.of(container.addGroup(session.vfioGroup(device))));
        });
        map.put("vfio.removeGroup", in -> {
            String device = Arguments.name(in, "device");
            return onContainer(in, (session, container) -> {
                container.removeGroup(session.vfioGroup(device));
                return Replies.of(Done.OK);
            });
        });
        map.put("vfio.setIommu", in -> {
            int type = Arguments.word(in.required("type"), TYPES);
            return onContainer(in, (session, container) -> Replies.of(container.setIommu(type)));
        });
        map.put(
                "vfio.closeContainer",
                in -> onContainer(in, (session, container) -> {
                    container.close();
                    return Replies.of(Done.OK);
                }));
        ioctl(map, "vfio.mapDma", Ioctl.MAP_DMA);
        ioctl(map, "vfio.unmapDma", Ioctl.UNMAP_DMA);
        ioctl(map, "vfio.setPasidTable", Ioctl.SET_PASID_TABLE);
        ioctl(map, "vfio.cacheInvalidate", Ioctl.CACHE_INVALIDATE);
        ioctl(map, "vfio.setMsiBinding", Ioctl.SET_MSI_BINDING);
        map.put("vfio.open", in -> onDevice(in, (session, device) -> Replies.of(device.open())));
        map.put(
                "vfio.close",
                in -> onDevice(in, (session, device) -> {
                    device.close();
                    return Replies.of(Done.OK);
                }));
        deviceIoctl(map, "vfio.deviceInfo", Ioctl.DEVICE_GET_INFO);
        deviceIoctl(map, "vfio.regionInfo", Ioctl.DEVICE_GET_REGION_INFO);
        deviceIoctl(map, "vfio.irqInfo", Ioctl.DEVICE_GET_IRQ_INFO);
        deviceIoctl(map, "vfio.setIrqs", Ioctl.DEVICE_SET_IRQS);
        map.put("vfio.regionRead", VfioRequests::regionRead);
        map.put("vfio.regionWrite", VfioRequests::regionWrite);
        map.put("vfio.mapped", VfioRequests::mapped);
        return map;
    }

    private static ApiAction onContainer(Members in, BiFunction<ApiSession, Container, Reply> action) {
        String name = Arguments.name(in, "container");
        return session -> action.apply(session, session.container(name));
    }

    private static ApiAction onDevice(Members in, BiFunction<ApiSession, VfioDevice, Reply> action) {
        String name = Arguments.name(in, "device");
        return session -> action.apply(session, session.vfioDevice(name));
    }

    private static void ioctl(Map<String, Function<Members, ApiAction>> map, String name, Ioctl ioctl) {
        map.put(name, in -> {
            UserBuffer argument = UserBuffer.of(in.required("data").bytes());
            return onContainer(in, (session, container) -> written(container.ioctl(ioctl, argument)));
        });
    }

    private static void deviceIoctl(Map<String, Function<Members, ApiAction>> map, String name, Ioctl ioctl) {
        map.put(name, in -> {
            UserBuffer argument = UserBuffer.of(in.required("data").bytes());
            return onDevice(
                    in,
                    (session, device) ->
                            written(device.ioctl(ioctl, argument, fd -> Optional.of(session.eventFd(fd)))));
        });
    }

    private static Reply written(Result<byte[]> result) {
        return Replies.of(result, (out, bytes) -> out.put("data", ByteStrings.json(Bytes.of(bytes))));
    }

    private static long fileOffset(Members in) {
        long region = in.required("region").unsigned(REGION_BITS);
        return region << REGION_SHIFT | in.required("offset").unsigned(REGION_SHIFT);
    }

    private static ApiAction regionRead(Members in) {
        long offset = fileOffset(in);
        int length = in.required("len").count(1, MOST_BYTES);
        return onDevice(in, (session, device) -> written(device.read(offset, length)));
    }

    private static ApiAction regionWrite(Members in) {
        long offset = fileOffset(in);
        byte[] data = in.required("data").bytes();
        return onDevice(
                in,
                (session, device) ->
                        Replies.of(device.write(offset, data), (out, count) -> out.count("written", count)));
    }

    /** Writes into a region through a shared mapping of just these bytes. */
    private static ApiAction mapped(Members in) {
        long offset = fileOffset(in);
        byte[] data = in.required("data").bytes();
        return onDevice(
                in,
                (session, device) ->
                        Replies.of(device.mmap(offset, data.length, true).then(mapping -> {
                            mapping.write(0, data);
                            return Done.OK;
                        })));
    }
}
