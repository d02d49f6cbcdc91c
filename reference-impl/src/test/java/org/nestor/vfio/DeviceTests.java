package org.nestor.vfio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.FaultReason;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Result;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.format.Granule;

class DeviceTests {
    private static final long FAULTS = 9L << 40;
    private static final long RESPONSES = 10L << 40;
    private static final int EVENTFD_TRIGGER = 4 | 32;
    private static final int NONE_TRIGGER = 1 | 32;
    private static final int BOOL_TRIGGER = 2 | 32;

    private final VfioRig vfio = new VfioRig(Parts.REFERENCE);
    private final VfioRig.Member member = vfio.joined(1);

    private static byte[] index(int value) {
        return new StructWriter(4).u32(value).toBytes();
    }

    private static long header(VfioDevice device, long region, int offset) {
        return UserBuffer.u32(device.read(region + offset, 4).toOptional().orElseThrow(), 0);
    }

    private static byte[] words(int bytes, long... words) {
        StructWriter out = new StructWriter(bytes);
        for (long word : words) {
            out.u32(word);
        }
        return out.toBytes();
    }

    private Result<byte[]> region(VfioDevice device, int argsz, int index) {
        return vfio.deviceIoctl(device, Ioctl.DEVICE_GET_REGION_INFO, words(32, argsz, 0, index));
    }

    @Test
    @Rule("R-REG-01")
    @Rule("R-REG-05")
    @Rule("R-REG-06")
    @Rule("R-REG-07")
    void nestedDeviceHasTwoRegionsWithTheirCapabilities() {
        VfioDevice device = vfio.open(member);
        assertArrayEquals(
                words(16, 16, 3, 11, 6),
                vfio.deviceIoctl(device, Ioctl.DEVICE_GET_INFO, words(16, 16))
                        .toOptional()
                        .orElseThrow());
        String faults =
                HexFormat.of().formatHex(region(device, 92, 9).toOptional().orElseThrow());
        assertEquals(
                "5c000000" + "0f000000" + "09000000" + "20000000" + "0090000000000000" + "0000000000090000"
                        + "02000100" + "30000000" + "04000000" + "01000000"
                        + "06000100" + "3c000000" + "01000000"
                        + "01000100" + "00000000" + "01000000" + "00000000" + "0010000000000000" + "0080000000000000",
                faults);
        String responses =
                HexFormat.of().formatHex(region(device, 92, 10).toOptional().orElseThrow());
        assertEquals("0040000000000000" + "00000000000a0000", responses.substring(32, 64));
        assertEquals("04000000" + "02000000" + "07000100", responses.substring(80, 104));
    }

    @Test
    @Rule("R-REG-08")
    @Rule("R-REG-05")
    void shortRegionInfoTellsHowMuchIsNeeded() {
        VfioDevice device = vfio.open(member);
        for (int argsz = 0; argsz <= 100; argsz++) {
            Result<byte[]> info = region(device, argsz, 9);
            assertEquals(argsz < 32 ? -22 : 0, info.code());
            if (argsz >= 32) {
                byte[] bytes = info.toOptional().orElseThrow();
                assertEquals(Math.max(argsz, 92), UserBuffer.u32(bytes, 0));
                assertEquals(argsz < 92 ? 0 : 32, UserBuffer.u32(bytes, 12));
                assertEquals(argsz < 92 ? 32 : 92, bytes.length);
            }
        }
        assertEquals(-22, region(device, 92, 11).code());
        assertEquals(-22, region(device, 92, 8).code());
        assertEquals(0, region(device, 32, 7).code());
    }

    @Test
    @Rule("R-REG-02")
    @Rule("R-REG-03")
    @Rule("R-REG-04")
    @Rule("R-IRQ-10")
    void onlyNestedDevicesHaveThemAndOneHandlerAtATime() {
        VfioDevice alone = vfio.rig.open(vfio.rig.device(7));
        assertTrue(alone.open().isOk());
        assertEquals(-22, region(alone, 92, 9).code());
        assertEquals(
                5,
                UserBuffer.u32(
                        vfio.deviceIoctl(alone, Ioctl.DEVICE_GET_INFO, words(16, 16))
                                .toOptional()
                                .orElseThrow(),
                        12));
        alone.close();

        member.device().faults().register(fault -> Done.OK);
        assertEquals(
                Optional.of(Errno.EBUSY), vfio.rig.open(member.device()).open().errno());
    }

    @Test
    @Rule("R-REG-03")
    void driverThatDoesNotKnowTheAttributeIsNoObstacle() {
        for (Parts parts : List.of(Parts.REFERENCE, Quirk.B_48.applyTo(Parts.REFERENCE))) {
            VfioRig own = new VfioRig(parts);
            VfioDevice dma = own.rig.open(own.member(1).device());
            assertEquals(parts == Parts.REFERENCE ? 0 : -19, dma.open().code());
        }
    }

    @Test
    @Rule("R-REG-09")
    @Rule("R-REG-27")
    void ringsAreEmptyWhenOpened() {
        VfioDevice device = vfio.open(member);
        assertArrayEquals(
                words(20, 0, 64, 512, 4096, 0),
                device.read(FAULTS, 20).toOptional().orElseThrow());
        assertArrayEquals(
                words(20, 0, 24, 512, 4096, 0),
                device.read(RESPONSES, 20).toOptional().orElseThrow());
        member.device().faults().report(fault(1));
        assertEquals(1, header(device, FAULTS, 16));
        device.close();
        assertTrue(device.open().isOk());
        assertEquals(0, header(device, FAULTS, 16));
        assertArrayEquals(
                new byte[64], device.read(FAULTS + 4096, 64).toOptional().orElseThrow());
    }

    private static IommuFault fault(int number) {
        return new IommuFault.Unrecoverable(FaultReason.PTE_FETCH, 2, 0, IommuFault.READ, number, 0);
    }

    @Test
    @Rule("R-REG-10")
    @Rule("R-REG-11")
    @Rule("R-REG-12")
    @Rule("R-REG-13")
    @Rule("R-REG-14")
    @Rule("R-REG-15")
    @Rule("R-REG-16")
    void onlyTheUserIndexIsWritten() {
        VfioDevice device = vfio.open(member);
        assertEquals(10, device.read(FAULTS + 36854, 100).toOptional().orElseThrow().length);
        assertEquals(-22, device.read(FAULTS + 36864, 1).code());
        assertEquals(-22, device.write(FAULTS + 36864, index(0)).code());
        for (int position = 1; position <= 24; position++) {
            assertEquals(-22, device.write(FAULTS + position, index(1)).code());
        }
        for (int length : new int[] {0, 1, 3, 5, 8}) {
            assertEquals(-22, device.write(FAULTS, new byte[length]).code());
        }
        for (int bad : new int[] {512, 513, -1, 0x8000_0000}) {
            assertEquals(-22, device.write(FAULTS, index(bad)).code());
        }
        assertEquals(0, header(device, FAULTS, 0));
        assertEquals(Optional.of(4), device.write(FAULTS, index(511)).toOptional());
        assertEquals(511, header(device, FAULTS, 0));
        assertEquals(-22, device.write(RESPONSES, index(512)).code());
    }

    @Test
    @Rule("R-REG-17")
    @Rule("R-REG-18")
    @Rule("R-REG-19")
    void ringPagesAreMappedWithoutTheHeader() {
        VfioDevice device = vfio.open(member);
        assertEquals(-22, device.mmap(FAULTS, 4096, true).code());
        assertEquals(-22, device.mmap(FAULTS + 4096, 32769, true).code());
        assertEquals(-22, device.mmap(FAULTS + 4096, 4096, false).code());
        RegionMapping mapping =
                device.mmap(FAULTS + 4096, 32768, true).toOptional().orElseThrow();
        mapping.write(0, (byte) 7);
        assertEquals(7, device.read(FAULTS + 4096, 1).toOptional().orElseThrow()[0]);
    }

    @Test
    @Rule("R-REG-20")
    @Rule("R-REG-21")
    @Rule("R-REG-22")
    @Rule("R-REG-23")
    @Rule("R-REG-25")
    void ringHolds511FaultsInOrderAndDropsTheNext() {
        VfioDevice device = vfio.open(member);
        EventFd event = new EventFd();
        vfio.files.put(30, event);
        assertEquals(0, vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 1, 30));
        for (int i = 0; i < 511; i++) {
            assertTrue(member.device().faults().report(fault(i)).isOk());
        }
        assertEquals(511, event.take());
        assertEquals(
                Optional.of(Errno.ENOSPC),
                member.device().faults().report(fault(511)).errno());
        assertEquals(0, event.take());
        assertEquals(511, header(device, FAULTS, 16));
        assertArrayEquals(
                fault(510).toBytes(),
                device.read(FAULTS + 4096 + 510 * 64, 64).toOptional().orElseThrow());
        device.write(FAULTS, index(2));
        assertTrue(member.device().faults().report(fault(600)).isOk());
        assertTrue(member.device().faults().report(fault(601)).isOk());
        assertFalse(member.device().faults().report(fault(602)).isOk());
        assertEquals(1, header(device, FAULTS, 16));
        assertArrayEquals(
                fault(601).toBytes(),
                device.read(FAULTS + 4096, 64).toOptional().orElseThrow());
    }

    @Test
    @Rule("R-REG-20")
    @Rule("R-REG-23")
    void faultsThatComeAtOnceHaveASlotEach() {
        VfioDevice device = vfio.open(member);
        vfio.rig.host.setReporters(() -> member.device().faults().report(fault(7)));
        member.device().faults().report(fault(8));
        assertEquals(2, header(device, FAULTS, 16));
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(
                    fault(7 + i).toBytes(),
                    device.read(FAULTS + 4096 + i * 64L, 64).toOptional().orElseThrow());
        }
    }

    @Test
    @Rule("R-IRQ-01")
    @Rule("R-IRQ-02")
    @Rule("R-IRQ-03")
    @Rule("R-IRQ-04")
    void interruptInfoHasItsCapability() {
        VfioDevice device = vfio.open(member);
        for (int argsz = 0; argsz <= 40; argsz++) {
            Result<byte[]> info = vfio.deviceIoctl(device, Ioctl.DEVICE_GET_IRQ_INFO, words(20, argsz, 0, 5, 0, 9));
            assertEquals(argsz < 16 ? -22 : 0, info.code());
            if (argsz >= 16) {
                byte[] bytes = info.toOptional().orElseThrow();
                assertEquals(argsz < 20 ? 16 : argsz < 36 ? 20 : 36, bytes.length);
                assertEquals(Math.max(argsz, 36), UserBuffer.u32(bytes, 0));
                assertEquals(1 | 16, UserBuffer.u32(bytes, 4));
                assertEquals(1, UserBuffer.u32(bytes, 12));
            }
        }
        byte[] whole = vfio.deviceIoctl(device, Ioctl.DEVICE_GET_IRQ_INFO, words(20, 36, 0, 5))
                .toOptional()
                .orElseThrow();
        assertEquals(
                "14000000" + "03000100" + "00000000" + "01000000" + "01000000",
                HexFormat.of().formatHex(whole).substring(32));
        int[] flags = {1 | 2 | 4, 1 | 8, 1 | 8, -1, 1 | 8};
        for (int i = 0; i < 5; i++) {
            Result<byte[]> info = vfio.deviceIoctl(device, Ioctl.DEVICE_GET_IRQ_INFO, words(20, 20, 0, i));
            assertEquals(
                    flags[i],
                    info.toOptional()
                            .map(bytes -> (int) UserBuffer.u32(bytes, 4))
                            .orElse(-1));
        }
        assertEquals(
                -22,
                vfio.deviceIoctl(device, Ioctl.DEVICE_GET_IRQ_INFO, words(20, 20, 0, 6))
                        .code());
    }

    @Test
    @Rule("R-IRQ-05")
    @Rule("R-IRQ-06")
    @Rule("R-IRQ-07")
    @Rule("R-IRQ-08")
    @Rule("R-IRQ-09")
    @Rule("R-IRQ-11")
    void faultInterruptIsATriggerAlone() {
        VfioDevice device = vfio.open(member);
        EventFd first = new EventFd();
        EventFd second = new EventFd();
        vfio.files.put(3, first);
        vfio.files.put(4, second);
        assertEquals(-25, vfio.irqs(device, 1 | 8, 5, 0, 1));
        assertEquals(-25, vfio.irqs(device, 1 | 16, 5, 0, 1));
        assertEquals(-22, vfio.irqs(device, EVENTFD_TRIGGER, 5, 1, 1, 3));
        assertEquals(-22, vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 2, 3, 4));
        assertEquals(-22, vfio.irqs(device, EVENTFD_TRIGGER, 6, 0, 1, 3));
        assertEquals(-22, vfio.irqs(device, EVENTFD_TRIGGER | 1, 5, 0, 1, 3));
        assertEquals(-22, vfio.irqs(device, NONE_TRIGGER, 5, 0, 1));
        assertEquals(-9, vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 1, 99));
        assertEquals(0, vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 1, 3));
        assertEquals(0, vfio.irqs(device, NONE_TRIGGER, 5, 0, 1));
        assertEquals(0, vfio.irqs(device, BOOL_TRIGGER, 5, 0, 1, 1));
        assertEquals(0, vfio.irqs(device, BOOL_TRIGGER, 5, 0, 1, 0));
        assertEquals(2, first.take());
        assertEquals(0, vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 1, 4));
        assertEquals(0, vfio.irqs(device, NONE_TRIGGER, 5, 0, 1));
        assertEquals(List.of(0L, 1L), List.of(first.take(), second.take()));
        assertEquals(0, vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 1, -1));
        assertEquals(-22, vfio.irqs(device, NONE_TRIGGER, 5, 0, 1));
        vfio.irqs(device, EVENTFD_TRIGGER, 5, 0, 1, 3);
        assertEquals(0, vfio.irqs(device, NONE_TRIGGER, 5, 0, 0));
        assertEquals(-22, vfio.irqs(device, NONE_TRIGGER, 5, 0, 1));
    }

    @Test
    @Rule("R-REG-24")
    @Rule("R-REG-26")
    @Rule("R-RSP-01")
    @Rule("R-RSP-02")
    @Rule("R-RSP-03")
    @Rule("R-RSP-04")
    @Rule("R-RSP-05")
    @Rule("R-RSP-07")
    @Rule("R-PRS-11")
    void stallIsAnsweredThroughTheResponseRing() {
        VfioRig own = new VfioRig(Parts.REFERENCE);
        VfioRig.Member stalling = own.join(
                own.member(DeviceDescription.of("s", 1, HostRig.DOORBELL).withStall(), 0));
        VfioDevice device = own.open(stalling);
        HostRig.Guest guest = own.rig.guest(0x1000_0000, 0x1000_0000, 7, Granule.KB4);
        guest.contexts().put(0, guest.cd().s(true).a(false));
        own.map(0, 0x1000_0000, 1 << 24);
        own.set(PasidTableConfig.TRANSLATE, guest.base());
        assertTrue(own.rig.host.write(stalling.device(), 0x40_0000, (byte) 1) instanceof DmaResult.Stalled);
        byte[] record = device.read(FAULTS + 4096, 64).toOptional().orElseThrow();
        assertEquals(IommuFault.PAGE_REQUEST, UserBuffer.u32(record, 0));
        int group = (int) UserBuffer.u32(record, 16);
        guest.map(0x40_0000, 0x80_0000);
        RegionMapping ring =
                device.mmap(RESPONSES + 4096, 8192, true).toOptional().orElseThrow();
        ring.write(0, PageResponse.of(group + 1, PageResponse.SUCCESS).toBytes());
        ring.write(24, PageResponse.of(group, PageResponse.SUCCESS).toBytes());
        assertEquals(List.of(), own.rig.host.step(stalling.device()));
        device.write(RESPONSES, index(2));
        assertEquals(2, header(device, RESPONSES, 16));
        DmaResult end = own.rig.host.step(stalling.device()).get(0).result();
        assertEquals(0x1080_0000, ((DmaResult.Ok) end).physicalAddress());
        device.write(RESPONSES, index(2));
        assertEquals(2, header(device, RESPONSES, 16));
    }

    @Test
    @Rule("R-LIF-01")
    @Rule("R-LIF-02")
    @Rule("R-LIF-03")
    void closeAnswersWhatIsPendingAndReopens() {
        for (Parts parts : List.of(Parts.REFERENCE, Quirk.B_33.applyTo(Parts.REFERENCE))) {
            VfioRig own = new VfioRig(parts);
            VfioRig.Member stalling = own.join(
                    own.member(DeviceDescription.of("s", 1, HostRig.DOORBELL).withStall(), 0));
            VfioDevice device = own.open(stalling);
            HostRig.Guest guest = own.rig.guest(0x1000_0000, 0x1000_0000, 7, Granule.KB4);
            guest.contexts().put(0, guest.cd().s(true).a(false));
            own.map(0, 0x1000_0000, 1 << 24);
            own.set(PasidTableConfig.TRANSLATE, guest.base());
            own.rig.host.read(stalling.device(), 0x40_0000, 4);
            device.close();
            assertEquals(List.of(0xFL), own.steConfigs(1));
            boolean reference = parts == Parts.REFERENCE;
            assertEquals(reference ? 1 : 0, own.rig.host.step(stalling.device()).size());
            assertEquals(reference ? 0 : -16, device.open().code());
        }
    }

    @Test
    @Rule("R-RSP-06")
    void shortMemoryLeavesNothingBehind() {
        for (Parts parts : List.of(Parts.REFERENCE, Quirk.B_62.applyTo(Parts.REFERENCE))) {
            VfioRig own = new VfioRig(parts);
            VfioDevice device = own.rig.open(own.joined(1).device());
            own.rig.host.setRingsLeft(0);
            assertEquals(Optional.of(Errno.ENOMEM), device.open().errno());
            own.rig.host.setRingsLeft(1);
            assertEquals(parts == Parts.REFERENCE ? -12 : 0, device.open().code());
            assertEquals(parts != Parts.REFERENCE, device.device().faults().hasHandler());
            own.rig.host.setRingsLeft(2);
            assertTrue(device.open().isOk());
        }
    }

    @Test
    @Rule("R-MSI-23")
    @Rule("R-MSI-27")
    void msiReachesItsEventfdThroughBothStages() {
        VfioDevice device = vfio.open(member);
        EventFd event = new EventFd();
        vfio.files.put(8, event);
        HostRig.Guest guest = vfio.rig.guest(0x1000_0000, 0x1000_0000, 7, Granule.KB4);
        vfio.map(0, 0x1000_0000, 1 << 24);
        guest.map(0xFFE_F000, 0x900_0000);
        vfio.set(PasidTableConfig.TRANSLATE, guest.base());
        assertEquals(-12, vfio.irqs(device, EVENTFD_TRIGGER, 2, 0, 1, 8));
        assertEquals(0, vfio.binding(VfioRig.SET, 0xFFE_F000, 0x900_0000, 4096));
        assertEquals(0, vfio.irqs(device, EVENTFD_TRIGGER, 2, 1, 1, 8));
        assertTrue(vfio.rig.host.sendMsi(device, 1));
        assertEquals(1, event.take());
        vfio.binding(VfioRig.UNSET, 0xFFE_F000, 0, 0);
        assertFalse(vfio.rig.host.sendMsi(device, 1));
        assertEquals(0, event.take());
        assertEquals(0, vfio.irqs(device, NONE_TRIGGER, 2, 0, 0));
        assertTrue(device.msiAddress().isEmpty());
    }
}
