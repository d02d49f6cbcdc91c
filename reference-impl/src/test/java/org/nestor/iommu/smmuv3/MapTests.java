package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nestor.host.HostRig;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;

class MapTests {
    private static final long MIB = 1 << 20;

    private final HostRig rig = new HostRig();
    private final IommuDevice device = rig.device(1);
    private final IommuDomain domain = rig.nestedWith(device);

    @Test
    @Rule("R-MAP-02")
    void unboundDomainMapsNothing() {
        IommuDomain unbound = rig.nested();
        assertEquals(
                Optional.of(Errno.ENODEV),
                unbound.map(0, 0, 4096, Prot.READ_WRITE).errno());
        assertEquals(0, unbound.unmap(0, 4096));
        assertEquals(OptionalLong.empty(), unbound.iovaToPhys(0));
    }

    @Test
    @Rule("R-MAP-03")
    @Rule("R-MAP-04")
    void addressesMustBeAlignedAndFit() {
        for (long[] bad : new long[][] {{1, 0, 4096}, {0, 2048, 4096}, {0, 0, 4095}}) {
            assertEquals(
                    Optional.of(Errno.EINVAL),
                    domain.map(bad[0], bad[1], bad[2], Prot.READ_WRITE).errno());
        }
        long top = 1L << 48;
        for (long[] far : new long[][] {{top, 0, 4096}, {0, top, 4096}, {top - 4096, 0, 8192}, {-4096, 0, 4096}}) {
            assertEquals(
                    Optional.of(Errno.ERANGE),
                    domain.map(far[0], far[1], far[2], Prot.READ_WRITE).errno());
        }
        assertTrue(domain.map(top - 4096, 0, 4096, Prot.READ_WRITE).isOk());
    }

    @Test
    @Rule("R-MAP-05")
    void mappingOverAnotherTakesBackWhatItHadDone() {
        domain.map(0x20_0000, 0x20_0000, 4096, Prot.READ_WRITE);
        assertEquals(
                Optional.of(Errno.EEXIST),
                domain.map(0x1F_F000, 0x1000, 8192, Prot.READ_WRITE).errno());
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x1F_F000));
        assertEquals(OptionalLong.of(0x20_0123), domain.iovaToPhys(0x20_0123));
    }

    @Test
    @Rule("R-MAP-06")
    @Rule("R-MAP-09")
    void unmapEndsAtTheFirstHole() {
        domain.map(0, 4 * MIB, 2 * MIB, Prot.READ_WRITE);
        domain.map(3 * MIB, 4 * MIB, MIB, Prot.READ_WRITE);
        assertEquals(OptionalLong.of(4 * MIB + 5), domain.iovaToPhys(5));
        assertEquals(2 * MIB, domain.unmap(0, 4 * MIB));
        assertEquals(0, domain.unmap(0, 4096));
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0));
        assertEquals(MIB, domain.unmap(3 * MIB, MIB));
    }

    @Test
    @Rule("R-MAP-06")
    void partOfABlockIsUnmappedByItself() {
        domain.map(0, 4 * MIB, 2 * MIB, Prot.READ_WRITE);
        assertEquals("0x403000", rig.reach(device, 0x3000));
        assertEquals(4096, domain.unmap(0x3000, 4096));
        assertEquals("Abort", rig.reach(device, 0x3000));
        assertEquals("0x402000", rig.reach(device, 0x2000));
        assertEquals("0x5ff000", rig.reach(device, 0x1F_F000));
    }

    @Test
    @Rule("R-MAP-07")
    @Rule("R-MAP-08")
    @Rule("R-MAP-12")
    void unmapRemovesEntriesOfStage2ThenCombinedOnes() {
        domain.map(0x1000, 0x1000, 4096, Prot.READ_WRITE);
        rig.commands();
        domain.unmap(0x1000, 4096);
        CommandRecord sync = new CommandRecord(0x46, 0);
        assertEquals(
                List.of(new CommandRecord(0x2A | 1L << 32, 0x1001), sync, new CommandRecord(0x10 | 1L << 32, 0), sync),
                rig.commands());
    }

    @Test
    @Rule("R-MAP-08")
    @Rule("R-MAP-01")
    void pageThatIsMovedAtStage2IsReachedThroughStage1() {
        assertEquals("0x11000000", throughMovedPage(Parts.REFERENCE));
        assertEquals("0x10800000", throughMovedPage(Quirk.B_55.applyTo(Parts.REFERENCE)));
    }

    private static String throughMovedPage(Parts parts) {
        HostRig own = new HostRig(parts);
        IommuDevice dev = own.device(1);
        IommuDomain dom = own.nestedWith(dev);
        dom.map(0, 0x1000_0000, 0x80_0000, Prot.READ_WRITE);
        dom.map(0x80_0000, 0x1080_0000, 4096, Prot.READ_WRITE);
        HostRig.Guest guest =
                own.guest(0x1000_0000, 0x1000_0000, 7, Granule.KB4).map(0x40_0000, 0x80_0000);
        own.host.core().attachPasidTable(dom, PasidTableConfig.of(PasidTableConfig.TRANSLATE, guest.base()));
        assertEquals("0x10800000", own.reach(dev, 0x40_0000));
        dom.unmap(0x80_0000, 4096);
        dom.map(0x80_0000, 0x1100_0000, 4096, Prot.READ_WRITE);
        return own.reach(dev, 0x40_0000);
    }

    @Test
    @Rule("R-MAP-11")
    void flushIsOfTheWholeVmid() {
        rig.commands();
        domain.flushAll();
        assertEquals(new CommandRecord(0x28 | 1L << 32, 0), rig.commands().get(0));
    }

    @Test
    @Rule("R-MAP-13")
    void mappingIsSeenByEveryDevice() {
        IommuDevice other = rig.device(2);
        domain.attach(other);
        domain.map(0x1000, 0x5000, 4096, Prot.READ_ONLY);
        assertEquals("0x5000", rig.reach(device, 0x1000));
        assertEquals("0x5000", rig.reach(other, 0x1000));
        assertTrue(rig.host.write(device, 0x1000, (byte) 1) instanceof org.nestor.smmu.DmaResult.Abort);
    }

    @ParameterizedTest
    @EnumSource
    void stage1OfTheHostTranslatesInEveryGranule(Granule granule) {
        DriverOptions options = new DriverOptions(true, false, granule, false);
        HostRig own = new HostRig(Profile.FULL.idRegisters(), 1, options, Parts.REFERENCE);
        IommuDevice dev = own.device(1);
        IommuDomain dma = own.host.allocateDomain(DomainType.DMA);
        assertTrue(dma.attach(dev).isOk());
        assertTrue(dma.map(0, 0x4000_0000, 1 << 30, Prot.READ_WRITE).isOk());
        assertEquals("0x40123450", own.reach(dev, 0x12_3450));
        assertEquals(1 << 30, dma.unmap(0, 1 << 30));
        assertEquals("Abort", own.reach(dev, 0x12_3450));
    }
}
