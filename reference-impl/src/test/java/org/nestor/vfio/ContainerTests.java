package org.nestor.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nestor.vfio.VfioRig.SET;
import static org.nestor.vfio.VfioRig.UNSET;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nestor.dma.NestedMsiCookie;
import org.nestor.host.HostRig;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;

class ContainerTests {
    private static final int TRANSLATE = PasidTableConfig.TRANSLATE;
    private static final int BYPASS = PasidTableConfig.BYPASS;
    private static final int ABORT = PasidTableConfig.ABORT;
    private static final int[] ARGSZ = {0, 7, 8, 31, 32, 39, 40, 64, -1};

    private final VfioRig vfio = new VfioRig(Parts.REFERENCE);

    private static DeviceDescription otherDoorbell(int sid) {
        return DeviceDescription.of("o" + sid, sid, HostRig.OTHER_DOORBELL);
    }

    @Test
    @Rule("R-VPT-01")
    @Rule("R-VPT-02")
    @Rule("R-VPT-03")
    void everyOuterArgumentOfSetPasidTableHasItsErrno() {
        vfio.joined(1);
        byte[] config = PasidTableConfig.of(BYPASS, 0).toBytes();
        for (int argsz : ARGSZ) {
            for (int flags : new int[] {0, 1, 2, 3, 4, 5, 0x101, 0x8000_0001, -1}) {
                for (int readable : new int[] {0, 7, 8, 31, 32, 39, 40}) {
                    byte[] all = new StructWriter(40)
                            .u32(argsz)
                            .u32(flags)
                            .bytes(config)
                            .toBytes();
                    int code = vfio.ioctl(Ioctl.SET_PASID_TABLE, Arrays.copyOf(all, readable));
                    int expected;
                    if (readable < 8) {
                        expected = -14;
                    } else if (Integer.compareUnsigned(argsz, 8) < 0 || flags != 1 && flags != 2) {
                        expected = -22;
                    } else {
                        expected = flags == 2 || readable == 40 ? 0 : -14;
                    }
                    assertEquals(expected, code, argsz + " " + flags + " " + readable);
                }
            }
        }
    }

    @Test
    @Rule("R-VCI-01")
    void everyOuterArgumentOfCacheInvalidateHasItsErrno() {
        vfio.joined(1);
        byte[] info = CacheInvalidateInfo.domain().toBytes();
        for (int argsz : ARGSZ) {
            for (int flags : new int[] {0, 1, 2, 0x8000_0000}) {
                for (int readable : new int[] {0, 7, 8, 23, 24, 63, 64}) {
                    byte[] all = new StructWriter(64)
                            .u32(argsz)
                            .u32(flags)
                            .bytes(info)
                            .toBytes();
                    int code = vfio.ioctl(Ioctl.CACHE_INVALIDATE, Arrays.copyOf(all, readable));
                    boolean malformed = Integer.compareUnsigned(argsz, 8) < 0 || flags != 0;
                    int expected = readable < 8 ? -14 : malformed ? -22 : readable == 64 ? 0 : -14;
                    assertEquals(expected, code, argsz + " " + flags + " " + readable);
                }
            }
        }
    }

    @Test
    @Rule("R-VMB-01")
    @Rule("R-VMB-02")
    @Rule("R-VMB-03")
    void everyOuterArgumentOfSetMsiBindingHasItsErrno() {
        vfio.joined(1);
        for (int argsz : ARGSZ) {
            for (int flags : new int[] {0, 1, 2, 3, 4, 0x101, 0x102, -1}) {
                for (int readable : new int[] {0, 8, 31, 32, 40}) {
                    byte[] all = new StructWriter(40)
                            .u32(argsz)
                            .u32(flags)
                            .u64(0xF000)
                            .u64(0x5000)
                            .u64(4096)
                            .toBytes();
                    int code = vfio.ioctl(Ioctl.SET_MSI_BINDING, Arrays.copyOf(all, readable));
                    boolean malformed = Integer.compareUnsigned(argsz, 32) < 0 || flags != 1 && flags != 2;
                    assertEquals(readable < 32 ? -14 : malformed ? -22 : 0, code, argsz + " " + flags + " " + readable);
                }
            }
        }
    }

    @Test
    @Rule("R-VPT-08")
    @Rule("R-VPT-09")
    @Rule("R-VPT-10")
    @Rule("R-VCI-05")
    @Rule("R-VCI-07")
    @Rule("R-VMB-07")
    @Rule("R-VMB-08")
    void containerMustBeNested() {
        VfioRig.Member member = vfio.member(1);
        vfio.container.addGroup(member.group());
        assertTrue(vfio.container.setIommu(Container.TYPE1).isOk());
        assertEquals(-22, vfio.set(BYPASS, 0));
        assertEquals(0, vfio.table(UNSET, PasidTableConfig.of(BYPASS, 0)));
        assertEquals(-22, vfio.binding(SET, 0xF000, 0x5000, 4096));
        assertEquals(0, vfio.binding(UNSET, 0xF000, 0, 0));
        assertEquals(-22, vfio.invalidate(CacheInvalidateInfo.domain().toBytes()));

        VfioRig nested = new VfioRig(Parts.REFERENCE);
        nested.joined(1);
        assertEquals(0, nested.set(TRANSLATE, 0x1000));
        assertEquals(-22, nested.set(TRANSLATE, 0x2000));
        assertEquals(0, nested.binding(SET, 0xF000, 0x5000, 4096));
        assertEquals(0, nested.table(UNSET, PasidTableConfig.of(BYPASS, 0)));
        assertEquals(List.of(0xDL), nested.steConfigs(1));
    }

    @Test
    @Rule("R-LIF-11")
    @Rule("R-LIF-12")
    void iommuIsChosenOnceForGroupsThatAreThere() {
        assertEquals(
                Optional.of(Errno.EINVAL),
                vfio.container.setIommu(Container.TYPE1_NESTING).errno());
        VfioRig.Member member = vfio.joined(1);
        assertEquals(
                Optional.of(Errno.EINVAL),
                vfio.container.setIommu(Container.TYPE1_NESTING).errno());
        assertEquals(
                Optional.of(Errno.EINVAL),
                vfio.container.addGroup(member.group()).errno());

        HostRig oneStage = new HostRig(HostRig.withIdr0(0, 1), 1, DriverOptions.DEFAULT, Parts.REFERENCE);
        Container container = oneStage.container();
        container.addGroup(oneStage.vfioGroup(oneStage.device(1)));
        assertEquals(
                Optional.of("R-ATT-04"),
                container
                        .setIommu(Container.TYPE1_NESTING)
                        .reason()
                        .map(refusal -> refusal.rule().toString()));
    }

    @Test
    @Rule("R-LIF-12")
    @Rule("R-LIF-13")
    @Rule("R-VPT-04")
    @Rule("R-VPT-11")
    @Rule("R-VMB-04")
    void groupsShareADomainWhereTheyCan() {
        vfio.joined(1);
        vfio.joined(2);
        assertEquals(1, vfio.container.domains().size());
        vfio.set(TRANSLATE, 0x1000);
        vfio.joined(3);
        vfio.join(vfio.member(otherDoorbell(4), 0));
        vfio.join(vfio.member(DeviceDescription.of("far", 5, HostRig.DOORBELL), 1));
        assertEquals(3, vfio.container.domains().size());
        assertEquals(List.of(0xFL, 0xFL, 0xFL, 0xDL), vfio.steConfigs(1, 2, 3, 4));
        assertEquals(0xD, vfio.rig.host.instance(1).ste(5).dw0() & 0xF);
        assertEquals(0, vfio.set(ABORT, 0));
        assertEquals(List.of(1L, 1L, 1L, 1L), vfio.steConfigs(1, 2, 3, 4));
        assertEquals(1, vfio.rig.host.instance(1).ste(5).dw0() & 0xF);
        assertEquals(2, vfio.rig.host.instance(0).vmids().used());
    }

    @Test
    @Rule("R-VPT-05")
    @Rule("R-VPT-06")
    @Rule("R-VPT-07")
    void refusedTableLeavesEveryDomainAsItWas() {
        assertEquals(List.of(0xFL, 1L), afterRefusedTable(Parts.REFERENCE));
        assertEquals(List.of(0xFL, 0xDL), afterRefusedTable(Quirk.B_58_TABLE.applyTo(Parts.REFERENCE)));
    }

    /** The older domain translates and so refuses another table; the newer one, which comes first, aborts. */
    private static List<Long> afterRefusedTable(Parts parts) {
        VfioRig vfio = new VfioRig(parts);
        vfio.joined(1);
        vfio.set(TRANSLATE, 0x1000);
        vfio.join(vfio.member(otherDoorbell(2), 0));
        vfio.container.domains().get(0).nestedOps().orElseThrow().attachPasidTable(PasidTableConfig.of(ABORT, 0));
        assertEquals(-22, vfio.set(TRANSLATE, 0x2000));
        return vfio.steConfigs(1, 2);
    }

    @Test
    @Rule("R-VMB-05")
    @Rule("R-VMB-06")
    void refusedBindingTakesBackOnlyWhatItAdded() {
        assertEquals(List.of(true, false), boundAfterRefusal(Parts.REFERENCE));
        assertEquals(List.of(false, false), boundAfterRefusal(Quirk.B_58_BINDING.applyTo(Parts.REFERENCE)));
    }

    /** A binding that was there before and one that was not, after a later domain, which has no cookie, refused both. */
    private static List<Boolean> boundAfterRefusal(Parts parts) {
        HostRig rig = new HostRig(parts);
        IommuDomain first = rig.nestedWith(rig.device(1));
        rig.host.msi().getCookie(first, 0);
        rig.host.core().bindGuestMsi(first, 0xA000, 0x5000, 4096);
        List<VfioDomain> domains = List.of(new VfioDomain(first), new VfioDomain(rig.nestedWith(rig.device(2))));
        NestedIoctls ioctls = new NestedIoctls(rig.host.core(), domains, parts);
        for (long giova : new long[] {0xA000, 0xB000}) {
            byte[] request = new StructWriter(32)
                    .u32(32)
                    .u32(SET)
                    .u64(giova)
                    .u64(0x6000)
                    .u64(4096)
                    .toBytes();
            assertEquals(
                    Optional.of(Errno.EINVAL),
                    ioctls.setMsiBinding(UserBuffer.of(request)).errno());
        }
        NestedMsiCookie cookie = (NestedMsiCookie) first.cookie().orElseThrow();
        return List.of(cookie.isBound(0xA000), cookie.isBound(0xB000));
    }

    @Test
    @Rule("R-VMB-04")
    @Rule("R-VMB-05")
    void bindingThatMemoryIsTooShortForIsInNoDomain() {
        vfio.joined(1);
        vfio.join(vfio.member(DeviceDescription.of("far", 5, HostRig.DOORBELL), 1));
        vfio.rig.host.msi().setBindingsLeft(1);
        assertEquals(-12, vfio.binding(SET, 0xA000, 0x5000, 4096));
        assertEquals(List.of(false, false), bound(0xA000));
        vfio.rig.host.msi().setBindingsLeft(2);
        assertEquals(0, vfio.binding(SET, 0xA000, 0x5000, 4096));
        assertEquals(List.of(true, true), bound(0xA000));
        assertEquals(0, vfio.binding(SET, 0xA000, 0x5000, 4096));
    }

    @Test
    @Rule("R-VMB-05")
    @Rule("R-VMB-06")
    void refusedBindingWithinALargerOneIsTakenBack() {
        vfio.joined(1);
        vfio.join(vfio.member(DeviceDescription.of("far", 5, HostRig.DOORBELL), 1));
        assertEquals(0, vfio.binding(SET, 0xA000, 0x5000, 4096));
        vfio.rig.host.msi().setBindingsLeft(1);
        assertEquals(-12, vfio.binding(SET, 0xA800, 0x6000, 2048));
        assertEquals(List.of(false, false), bound(0xA800));
        assertEquals(List.of(true, true), bound(0xA000));
    }

    private List<Boolean> bound(long giova) {
        return vfio.container.domains().stream()
                .map(domain -> ((NestedMsiCookie) domain.cookie().orElseThrow()).isBound(giova))
                .toList();
    }

    @Test
    @Rule("R-VCI-02")
    @Rule("R-VCI-06")
    void invalidationIsReadAndSentForEachDevice() {
        vfio.joined(1);
        vfio.joined(2);
        vfio.join(vfio.member(otherDoorbell(3), 0));
        vfio.rig.commands();
        AtomicInteger reads = new AtomicInteger();
        UserBuffer content = UserBuffer.of(new StructWriter(64)
                .u32(64)
                .u32(0)
                .bytes(CacheInvalidateInfo.domain().toBytes())
                .toBytes());
        UserBuffer counting = (offset, length) -> {
            reads.addAndGet(offset == 8 ? 1 : 0);
            return content.read(offset, length);
        };
        assertTrue(vfio.container.ioctl(Ioctl.CACHE_INVALIDATE, counting).isOk());
        assertEquals(3, reads.get());
        assertEquals(6, vfio.rig.commands().size());
    }

    @Test
    @Rule("R-VCI-03")
    @Rule("R-VCI-04")
    void firstErrorIsReturned() {
        assertEquals(-14, afterOneFailure(Parts.REFERENCE));
        assertEquals(0, afterOneFailure(Quirk.B_56.applyTo(Parts.REFERENCE)));
    }

    /** The structure cannot be read for the device of the first domain, and can for the one of the second. */
    private static int afterOneFailure(Parts parts) {
        VfioRig vfio = new VfioRig(parts);
        vfio.joined(1);
        vfio.join(vfio.member(otherDoorbell(2), 0));
        UserBuffer content = UserBuffer.of(new StructWriter(64)
                .u32(64)
                .u32(0)
                .bytes(CacheInvalidateInfo.domain().toBytes())
                .toBytes());
        AtomicInteger heads = new AtomicInteger();
        UserBuffer once = (offset, length) ->
                offset == 8 && heads.incrementAndGet() == 1 ? Optional.empty() : content.read(offset, length);
        return vfio.container.ioctl(Ioctl.CACHE_INVALIDATE, once).code();
    }

    @Test
    @Rule("R-LIF-04")
    @Rule("R-LIF-05")
    @Rule("R-LIF-06")
    @Rule("R-LIF-03")
    void lastGroupTakesTheDomainWithIt() {
        long before = vfio.rig.host.tableBytes();
        VfioRig.Member first = vfio.joined(1);
        VfioRig.Member second = vfio.joined(2);
        long defaults = vfio.rig.host.tableBytes();
        assertTrue(defaults > before);
        vfio.map(0, 0x1000_0000, 1 << 24);
        vfio.set(TRANSLATE, 0x1000);
        vfio.container.removeGroup(first.group());
        assertEquals(List.of(0xBL, 0xFL), vfio.steConfigs(1, 2));
        vfio.container.close();
        assertEquals(List.of(0xBL, 0xBL), vfio.steConfigs(1, 2));
        assertEquals(0, vfio.rig.host.instance(0).vmids().used());
        assertEquals(0, vfio.rig.host.instance(0).ste(2).dw2());
        assertTrue(second.group().container().isEmpty());
        vfio.join(first);
        assertEquals(1, vfio.rig.host.instance(0).vmids().used());
    }

    @Test
    @Rule("R-MAP-01")
    @Rule("R-MAP-03")
    @Rule("R-MAP-05")
    void processMemoryIsMappedWholeOrNotAtAll() {
        VfioRig.Member member = vfio.joined(1);
        assertEquals(0, vfio.map(0x10_0000, 0x1000_0000, 0x3000));
        assertEquals("0x10001010", vfio.rig.reach(member.device(), 0x10_1010));
        assertEquals(-17, vfio.map(0x10_2000, 0x2000_0000, 0x1000));
        for (long[] bad : new long[][] {
            {1, 0, 4096},
            {0, 1, 4096},
            {0, 0, 1},
            {0, 0, 0},
            {-4096, 0, 8192},
            {0, -4096, 8192},
            {Container.MSI_WINDOW, 0, 4096},
            {Container.MSI_WINDOW - 4096, 0, 8192}
        }) {
            assertEquals(-22, vfio.map(bad[0], bad[1], bad[2]));
        }
        assertEquals(-14, vfio.map(0x1000_0000, HostRig.RAM_BYTES - 4096, 8192));
        assertEquals("Abort", vfio.rig.reach(member.device(), 0x1000_0000));
        assertEquals(-22, vfio.unmap(0x10_1000, 0x2000));
        assertEquals(-22, vfio.unmap(0x10_0000, 0x2000));
        assertEquals(0, vfio.unmap(0x20_0000, 0x1000));
        assertEquals(0, vfio.unmap(0, 0x100_0000));
        assertEquals("Abort", vfio.rig.reach(member.device(), 0x10_1010));
    }

    @Test
    void numbersAreThoseOfTheApi() {
        assertEquals(0x3B76, Ioctl.SET_PASID_TABLE.number());
        assertEquals(0x3B77, Ioctl.CACHE_INVALIDATE.number());
        assertEquals(0x3B78, Ioctl.SET_MSI_BINDING.number());
        assertEquals(0x3B71, Ioctl.MAP_DMA.number());
        assertEquals(Optional.of(Ioctl.UNMAP_DMA), Ioctl.of(0x3B72));
        vfio.joined(1);
        assertEquals(-25, vfio.ioctl(Ioctl.DEVICE_GET_INFO));
    }
}
