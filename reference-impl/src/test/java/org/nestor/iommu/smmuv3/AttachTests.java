package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Profile;

class AttachTests {
    private final HostRig rig = new HostRig();

    private static DeviceDescription description(int sid) {
        return DeviceDescription.of("d" + sid, sid, HostRig.DOORBELL);
    }

    @Test
    @Rule("R-ALLOC-01")
    void onlyThreeTypesOfDomainExist() {
        for (int type = 0; type < 16; type++) {
            boolean exists = type == 1 || type == 3 || type == 4;
            assertEquals(exists, rig.host.driver().allocateDomain(type).isPresent(), "type " + type);
        }
    }

    @Test
    @Rule("R-ALLOC-02")
    @Rule("R-ALLOC-03")
    @Rule("R-ALLOC-04")
    @Rule("R-ALLOC-05")
    @Rule("R-ALLOC-06")
    @Rule("R-ALLOC-07")
    @Rule("R-ALLOC-09")
    void nestingIsAnAttributeOfUnboundUnmanagedDomains() {
        IommuDomain domain = rig.host.allocateDomain(DomainType.UNMANAGED);
        assertEquals(Optional.of(0), domain.nesting().toOptional());
        assertTrue(domain.setNesting(true).isOk());
        assertEquals(Optional.of(1), domain.nesting().toOptional());
        assertTrue(domain.setNesting(false).isOk());
        assertEquals(Optional.of(0), domain.nesting().toOptional());
        domain.attach(rig.device(1));
        for (boolean value : new boolean[] {false, true}) {
            assertEquals(Optional.of(Errno.EPERM), domain.setNesting(value).errno());
        }
        IommuDomain dma = rig.host.allocateDomain(DomainType.DMA);
        IommuDomain identity = rig.host.allocateDomain(DomainType.IDENTITY);
        assertEquals(Optional.of(Errno.ENODEV), dma.setNesting(true).errno());
        assertEquals(Optional.of(Errno.ENODEV), dma.nesting().errno());
        assertEquals(Optional.of(Errno.EINVAL), identity.setNesting(true).errno());
        assertEquals(Optional.of(Errno.EINVAL), identity.nesting().errno());
    }

    @Test
    @Rule("R-ATT-20")
    void deviceWithTheStreamIdOfAnotherIsRefused() {
        HostRig two = new HostRig(Profile.FULL.idRegisters(), 2, DriverOptions.DEFAULT, Parts.REFERENCE);
        two.nestedWith(two.device(1));
        SteImage live = two.host.instance(0).ste(1);
        DeviceDescription alias = description(2).withStreams(2, 1);
        assertEquals(
                Optional.of(Errno.EINVAL),
                two.host.addDevice(alias, 0, two.group()).errno());
        assertEquals(live, two.host.instance(0).ste(1));
        assertTrue(two.host.addDevice(alias, 1, two.group()).isOk());
        assertTrue(two.host.addDevice(description(2), 0, two.group()).isOk());
    }

    @Test
    @Rule("R-ALLOC-11")
    @Rule("R-ALLOC-12")
    @Rule("R-ALLOC-13")
    @Rule("R-ALLOC-15")
    @Rule("R-ATT-06")
    void vmidIsTheLowestFreeOneFromOne() {
        IommuDevice first = rig.device(1);
        IommuDevice second = rig.device(2);
        IommuDomain one = rig.nestedWith(first);
        IommuDomain two = rig.nestedWith(second);
        assertEquals(1, rig.host.instance(0).ste(1).dw2() & 0xFFFF);
        assertEquals(2, rig.host.instance(0).ste(2).dw2() & 0xFFFF);
        assertEquals(0, rig.host.instance(0).asids().used());
        one.detach(first);
        rig.commands();
        one.free();
        assertEquals(List.of(new CommandRecord(0x28 | 1L << 32, 0), new CommandRecord(0x46, 0)), rig.commands());
        rig.nestedWith(first);
        assertEquals(1, rig.host.instance(0).ste(1).dw2() & 0xFFFF);
        two.attach(rig.device(3));
        assertEquals(2, rig.host.instance(0).ste(3).dw2() & 0xFFFF);
    }

    @Test
    @Rule("R-ALLOC-17")
    void vmidIsReleasedWithoutAnSteEverWritten() {
        assertEquals(0, vmidsAfterRefusedAttach(Parts.REFERENCE));
        assertEquals(1, vmidsAfterRefusedAttach(Quirk.B_50.applyTo(Parts.REFERENCE)));
    }

    private static int vmidsAfterRefusedAttach(Parts parts) {
        HostRig own = new HostRig(parts);
        IommuDomain domain = own.nested();
        IommuDevice device = own.device(description(1).withHardwareMsiRegion());
        assertEquals(Optional.of(Errno.EINVAL), domain.attach(device).errno());
        assertEquals(1, own.host.instance(0).vmids().used());
        domain.free();
        return own.host.instance(0).vmids().used();
    }

    @Test
    @Rule("R-ATT-01")
    @Rule("R-ATT-02")
    @Rule("R-ATT-03")
    void deviceLeavesItsDomainOnceItIsKnownAndWithoutSva() {
        IommuDomain domain = rig.nested();
        assertEquals(
                Optional.of(Errno.ENOENT),
                domain.attach(rig.device(description(1).undescribed())).errno());
        IommuDevice sva = rig.device(description(2).withSva());
        assertEquals(Optional.of(Errno.EBUSY), domain.attach(sva).errno());

        IommuDevice device = rig.device(description(3).withHardwareMsiRegion());
        IommuDomain dma = rig.host.allocateDomain(DomainType.DMA);
        dma.attach(device);
        assertFalse(domain.attach(device).isOk());
        assertEquals(Optional.empty(), device.domain());
        assertEquals(1, rig.host.instance(0).ste(3).dw0());
    }

    @Test
    @Rule("R-ALLOC-10")
    @Rule("R-ATT-04")
    @Rule("R-ATT-05")
    void nestingNeedsBothStages() {
        for (int missing : new int[] {1, 2}) {
            HostRig own = new HostRig(HostRig.withIdr0(0, missing), 1, DriverOptions.DEFAULT, Parts.REFERENCE);
            IommuDomain domain = own.nested();
            IommuDevice device = own.device(1);
            assertEquals(Optional.of(Errno.EINVAL), domain.attach(device).errno());
            assertEquals(Optional.of(1), domain.nesting().toOptional());
            assertTrue(domain.setNesting(true).isOk(), "still unbound");
            IommuDomain single = own.host.allocateDomain(DomainType.UNMANAGED);
            assertTrue(single.attach(device).isOk());
            assertEquals(missing == 1 ? 0xB : 0xD, own.host.instance(0).ste(1).dw0() & 0xF);
        }
    }

    @Test
    @Rule("R-ATT-07")
    void numbersAndMemoryRunOut() {
        HostRig small = new HostRig(HostRig.withIdr0(0, 1 << 18), 1, DriverOptions.DEFAULT, Parts.REFERENCE);
        IommuDevice device = small.device(1);
        for (int i = 1; i < 256; i++) {
            assertTrue(small.nested().attach(device).isOk(), "VMID " + i);
        }
        long used = small.host.tableBytes();
        IommuDomain last = small.nested();
        assertEquals(Optional.of(Errno.ENOSPC), last.attach(device).errno());
        assertEquals(used, small.host.tableBytes());
        assertTrue(last.setNesting(true).isOk(), "still unbound");
    }

    @Test
    @Rule("R-ATT-08")
    void domainStaysWithItsSmmu() {
        HostRig two = new HostRig(Profile.FULL.idRegisters(), 2, DriverOptions.DEFAULT, Parts.REFERENCE);
        IommuDomain domain = two.nestedWith(two.device(1));
        IommuDevice other =
                two.host.addDevice(description(2), 1, two.group()).toOptional().orElseThrow();
        assertEquals(Optional.of(Errno.ENXIO), domain.attach(other).errno());
    }

    @Test
    @Rule("R-ATT-09")
    @Rule("R-ATT-10")
    @Rule("R-ATT-11")
    @Rule("R-ATT-12")
    @Rule("R-ATT-13")
    @Rule("R-ATT-14")
    @Rule("R-ATT-17")
    @Rule("R-ATT-18")
    void devicesOfANestedDomainShareTheirDoorbell() {
        IommuDomain domain = rig.nestedWith(rig.device(1));
        SteImage before = rig.host.instance(0).ste(1);
        IommuDevice none = rig.device(description(2).withDoorbell(Optional.empty()));
        IommuDevice other = rig.device(description(3).withDoorbell(Optional.of(HostRig.OTHER_DOORBELL)));
        assertTrue(domain.attach(none).isOk());
        assertEquals(Optional.of(Errno.EINVAL), domain.attach(other).errno());
        assertEquals(before, rig.host.instance(0).ste(1));

        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        assertTrue(single.attach(rig.device(4)).isOk());
        assertTrue(single.attach(other).isOk());
        IommuDevice hardware = rig.device(description(5).withHardwareMsiRegion());
        assertTrue(single.attach(hardware).isOk());
        IommuDomain fresh = rig.nested();
        assertEquals(Optional.of(Errno.EINVAL), fresh.attach(hardware).errno());
        assertEquals(Optional.of(Errno.EPERM), fresh.setNesting(false).errno(), "bound although refused");
    }

    @Test
    @Rule("R-ATT-23")
    void stallModeMattersAtStage1Alone() {
        IommuDevice plain = rig.device(1);
        IommuDevice stalling = rig.device(description(2).withStall());
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        single.attach(plain);
        assertEquals(Optional.of(Errno.EINVAL), single.attach(stalling).errno());
        IommuDomain nested = rig.nested();
        assertTrue(nested.attach(plain).isOk());
        assertTrue(nested.attach(stalling).isOk());
    }

    @Test
    @Rule("R-ATT-22")
    void pageSizesAreThoseOfTheHostsGranule() {
        assertEquals(0, rig.nested().pageSizes());
        assertEquals(0x4020_1000L, rig.nestedWith(rig.device(1)).pageSizes());
    }

    @Test
    @Rule("R-ATT-24")
    @Rule("R-DET-01")
    @Rule("R-DET-03")
    @Rule("R-DET-04")
    @Rule("R-DET-05")
    @Rule("R-DET-06")
    void detachInvalidatesTheEndpointBeforeTheSteAndKeepsTheDomain() {
        IommuDevice device = rig.device(description(1).withAts());
        IommuDevice other = rig.device(2);
        IommuDomain domain = rig.nestedWith(device, other);
        rig.host.core().attachPasidTable(domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, 0x1000));
        SteImage untouched = rig.host.instance(0).ste(2);
        rig.commands();
        domain.detach(device);
        CommandRecord sync = new CommandRecord(0x46, 0);
        CommandRecord cfgi = new CommandRecord(0x03 | 1L << 32, 1);
        assertEquals(List.of(new CommandRecord(0x40 | 1L << 32, 52), sync, cfgi, sync, cfgi, sync), rig.commands());
        assertEquals(untouched, rig.host.instance(0).ste(2));
        domain.detach(other);
        assertEquals(1, rig.host.instance(0).vmids().used());
        domain.attach(other);
        domain.attach(other);
        assertEquals(untouched, rig.host.instance(0).ste(2));
    }

    @Test
    @Rule("R-ATT-25")
    @Rule("R-ATT-26")
    @Rule("R-ATT-27")
    @Rule("R-DET-08")
    void groupMovesBetweenItsDefaultDomainAndAnother() {
        IommuGroup group = rig.host.group(Optional.of(DomainType.DMA));
        IommuDevice first =
                rig.host.addDevice(description(1), 0, group).toOptional().orElseThrow();
        rig.host.addDevice(description(2).withHardwareMsiRegion(), 0, group);
        IommuDomain nested = rig.nested();
        assertEquals(Optional.of(Errno.EINVAL), group.attachOnly(nested).errno());
        assertEquals(Optional.of(Errno.EINVAL), group.attach(nested).errno());
        assertEquals(Optional.of(nested), first.domain(), "earlier devices stay attached");
        group.detach(nested);
        assertEquals(0xB, rig.host.instance(0).ste(1).dw0() & 0xF);
        assertEquals(0xB, rig.host.instance(0).ste(2).dw0() & 0xF);
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        assertTrue(group.attach(single).isOk());
        assertEquals(Optional.of(Errno.EBUSY), group.attach(single).errno());
    }

    @Test
    @Rule("R-ALLOC-14")
    @Rule("R-ALLOC-16")
    void freeTakesDoorbellsOutBeforeTheTables() {
        IommuDevice device = rig.device(1);
        IommuDomain domain = rig.nestedWith(device);
        long empty = rig.host.tableBytes();
        rig.host.msi().getCookie(domain, 0x800_0000);
        domain.nestedOps().orElseThrow().bindGuestMsi(0xF000, 0x5000, 4096);
        assertTrue(rig.host.msi().prepare(device, HostRig.DOORBELL).isOk());
        assertTrue(domain.map(0x1_0000, 0x1_0000, 1 << 20, Prot.READ_WRITE).isOk());
        assertTrue(rig.host.tableBytes() > empty);
        domain.detach(device);
        rig.commands();
        domain.free();
        List<CommandRecord> sent = rig.commands();
        assertEquals(new CommandRecord(0x2A | 1L << 32, 0x5001), sent.get(0));
        assertEquals(new CommandRecord(0x28 | 1L << 32, 0), sent.get(sent.size() - 2));
        assertEquals(0, rig.host.instance(0).vmids().used());
        assertTrue(rig.host.tableBytes() < empty);
    }
}
