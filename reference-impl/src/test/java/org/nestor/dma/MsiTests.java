package org.nestor.dma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;

class MsiTests {
    private static final long PAGE = 4096;
    private static final long DOORBELL = HostRig.DOORBELL;
    private static final long DOORBELL_PAGE = DOORBELL & -PAGE;

    private final HostRig rig = new HostRig();
    private final IommuDevice device = rig.device(1);
    private final IommuDomain domain = rig.nestedWith(device);
    private final MsiLayer msi = rig.host.msi();

    private MsiTests cookie() {
        assertTrue(msi.getCookie(domain, 0x800_0000).isOk());
        return this;
    }

    private int bind(long giova, long gpa, long size) {
        return rig.host.core().bindGuestMsi(domain, giova, gpa, size).code();
    }

    private void unbind(long giova) {
        rig.host.core().unbindGuestMsi(domain, giova);
    }

    private long prepare(IommuDevice dev) {
        return msi.prepare(dev, DOORBELL).toOptional().map(PreparedMsi::address).orElse(-1L);
    }

    @Test
    @Rule("R-MSI-01")
    @Rule("R-MSI-02")
    @Rule("R-MSI-05")
    void cookieIsForUnmanagedDomainsAndGivenOnce() {
        for (DomainType type : List.of(DomainType.DMA, DomainType.IDENTITY)) {
            assertEquals(
                    Optional.of(Errno.EINVAL),
                    msi.getCookie(rig.host.allocateDomain(type), 0).errno());
        }
        cookie();
        assertTrue(domain.cookie().orElseThrow() instanceof NestedMsiCookie);
        assertEquals(Optional.of(Errno.EEXIST), msi.getCookie(domain, 0).errno());
        IommuDomain unbound = rig.nested();
        msi.getCookie(unbound, 0);
        unbound.setNesting(false);
        assertTrue(unbound.cookie().orElseThrow() instanceof NestedMsiCookie);
    }

    @Test
    @Rule("R-MSI-03")
    @Rule("R-MSI-04")
    void otherDomainsHaveAWindow() {
        IommuDevice other = rig.device(2);
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        single.attach(other);
        assertTrue(msi.getCookie(single, 0x800_0000).isOk());
        assertEquals(0x800_0040, prepare(other));
        assertEquals(0x800_0040, prepare(other));
        assertEquals(
                Optional.of(0x800_1040L),
                msi.prepare(other, HostRig.OTHER_DOORBELL).toOptional().map(PreparedMsi::address));
        assertTrue(rig.host.write(other, 0x800_0040, (byte) 1) instanceof DmaResult.Ok);
    }

    @Test
    @Rule("R-MSI-07")
    @Rule("R-MSI-15")
    void bindingNeedsABoundNestedDomainWithItsCookie() {
        assertEquals(-22, bind(0xF000, 0x5000, PAGE));
        assertEquals(
                -22,
                rig.host.core().bindGuestMsi(rig.nested(), 0xF000, 0x5000, PAGE).code());
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        single.attach(rig.device(2));
        msi.getCookie(single, 0x800_0000);
        assertEquals(
                -22, rig.host.core().bindGuestMsi(single, 0xF000, 0x5000, PAGE).code());
        unbind(0xF000);
        rig.host.core().unbindGuestMsi(single, 0xF000);
        cookie();
        assertEquals(0, bind(0xF000, 0x5000, PAGE));
        unbind(0x1234_5000);
        assertEquals(0xF040, prepare(device));
    }

    @Test
    @Rule("R-MSI-08")
    @Rule("R-MSI-12")
    void sizesArePowersOfTwoUpToTheHostsPage() {
        cookie();
        for (long size : new long[] {0, 3, 24, 4095, 4097, 8192, 1 << 16, -1, 1L << 63}) {
            assertEquals(-22, bind(0xF000, 0x5000, size), Long.toString(size));
        }
        assertEquals(0, bind(0xF000, 0x5000, 1));
        assertEquals(0, bind(0x1_F000, 0x5000, PAGE));
    }

    @Test
    @Rule("R-MSI-09")
    @Rule("R-MSI-10")
    @Rule("R-MSI-18")
    @Rule("R-MSI-20")
    @Rule("R-MSI-25")
    void bindingIsRoundedAndMappedOnlyWhenAnMsiIsPrepared() {
        cookie();
        rig.commands();
        assertEquals(0, bind(0xF123, 0x5678, PAGE));
        assertEquals(List.of(), rig.commands());
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x5000));
        assertEquals(0xF040, prepare(device));
        assertEquals(OptionalLong.of(DOORBELL_PAGE), domain.iovaToPhys(0x5000));
        assertTrue(rig.host.read(device, 0x5000, 4) instanceof DmaResult.Abort, "write-only");
        DmaResult written = rig.host.write(device, 0x5040, (byte) 1);
        assertEquals(DOORBELL, ((DmaResult.Ok) written).physicalAddress());
    }

    @Test
    @Rule("R-MSI-11")
    @Rule("R-MSI-13")
    @Rule("R-MSI-19")
    @Rule("R-MSI-31")
    void newestFreeBindingIsTakenUnlessOneLeadsThereAlready() {
        cookie();
        bind(0xA000, 0x5000, PAGE);
        bind(0xB000, 0x6000, PAGE);
        assertEquals(0, bind(0xB000, 0x7000, PAGE));
        assertEquals(0xB040, prepare(device));
        assertEquals(OptionalLong.of(DOORBELL_PAGE), domain.iovaToPhys(0x6000));
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x7000));
        bind(0xC000, 0x8000, PAGE);
        assertEquals(0xB040, prepare(device));
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x8000));
    }

    @Test
    @Rule("R-MSI-14")
    @Rule("R-MSI-16")
    @Rule("R-MSI-17")
    @Rule("R-MSI-29")
    @Rule("R-MSI-30")
    void unbindTakesTheMappingBackWithTheBinding() {
        cookie();
        bind(0xA000, 0x5000, PAGE);
        rig.commands();
        unbind(0xA000);
        assertEquals(List.of(), rig.commands());
        bind(0xA000, 0x5000, PAGE);
        prepare(device);
        rig.commands();
        unbind(0xA777);
        assertEquals(0x2A, rig.commands().get(0).dw0() & 0xFF);
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x5000));
        assertTrue(rig.host.write(device, 0x5040, (byte) 1) instanceof DmaResult.Abort);
        bind(0xA000, 0x5000, PAGE);
        assertTrue(rig.host.write(device, 0x5040, (byte) 1) instanceof DmaResult.Abort);
        prepare(device);
        assertTrue(rig.host.write(device, 0x5040, (byte) 1) instanceof DmaResult.Ok);
    }

    @Test
    @Rule("R-MSI-21")
    @Rule("R-MSI-22")
    @Rule("R-MSI-23")
    @Rule("R-MSI-32")
    @Rule("R-MSI-36")
    void preparationFailsCleanlyWithoutAWay() {
        cookie();
        assertEquals(Optional.of(Errno.ENOMEM), msi.prepare(device, DOORBELL).errno());
        domain.map(0x5000, 0x5000, PAGE, Prot.READ_WRITE);
        bind(0x9000, 0x6000, PAGE);
        bind(0xA000, 0x5000, PAGE);
        assertEquals(Optional.of(Errno.ENOMEM), msi.prepare(device, DOORBELL).errno());
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x6000));
        unbind(0xA000);
        bind(0xB000, 0x7200, 512);
        assertEquals(Optional.of(Errno.ENOMEM), msi.prepare(device, DOORBELL).errno());
        unbind(0xB000);
        assertEquals(0x9040, prepare(device));
    }

    @Test
    @Rule("R-MSI-26")
    @Rule("R-MSI-24")
    void devicesOfADomainShareTheBinding() {
        cookie();
        IommuDevice other = rig.device(2);
        domain.attach(other);
        bind(0xA000, 0x5000, PAGE);
        assertEquals(0xA040, prepare(device));
        assertEquals(0xA040, prepare(other));
    }

    @Test
    @Rule("R-MSI-27")
    @Rule("R-MSI-28")
    @Rule("R-MSI-34")
    void msiGoesThroughBothStages() {
        cookie();
        domain.map(0x10_0000, 0x1000_0000, 1 << 20, Prot.READ_WRITE);
        HostRig.Guest guest = rig.guest(0x1000_0000, 0x1000_0000 - 0x10_0000, 7, Granule.KB4);
        bind(0xA000, 0x5000, PAGE);
        long address = prepare(device);
        assertTrue(rig.host.write(device, address, (byte) 1) instanceof DmaResult.Abort, "no stage 1 yet");
        rig.host.core().attachPasidTable(domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, guest.base()));
        assertTrue(rig.host.write(device, address, (byte) 1) instanceof DmaResult.Abort, "not mapped at stage 1");
        guest.map(0xA000, 0x5000);
        assertEquals(DOORBELL, ((DmaResult.Ok) rig.host.write(device, address, (byte) 1)).physicalAddress());
        rig.host.core().detachPasidTable(domain);
        assertTrue(rig.host.write(device, address, (byte) 1) instanceof DmaResult.Abort);
        assertEquals(OptionalLong.of(DOORBELL_PAGE), domain.iovaToPhys(0x5000));
    }

    @Test
    @Rule("R-MSI-33")
    void freeTakesEveryDoorbellOut() {
        cookie();
        NestedMsiCookie cookie = (NestedMsiCookie) domain.cookie().orElseThrow();
        bind(0xA000, 0x5000, PAGE);
        bind(0xB000, 0x6000, PAGE);
        prepare(device);
        assertEquals(2, cookie.size());
        cookie.release();
        assertEquals(0, cookie.size());
        assertEquals(OptionalLong.empty(), domain.iovaToPhys(0x6000));
    }

    @Test
    @Rule("R-MSI-37")
    void doorbellMustLieWithinTheGuestsPage() {
        DriverOptions coarse = new DriverOptions(true, false, Granule.KB64, false);
        for (Parts parts : List.of(Parts.REFERENCE, Quirk.B_61.applyTo(Parts.REFERENCE))) {
            HostRig own = new HostRig(Profile.FULL.idRegisters(), 1, coarse, parts);
            IommuDevice dev = own.device(DeviceDescription.of("d", 1, HostRig.RAM_BYTES + 0x1040));
            IommuDomain dom = own.nestedWith(dev);
            own.host.msi().getCookie(dom, 0);
            own.host.core().bindGuestMsi(dom, 0xA000, 0x1_0000, PAGE);
            Optional<Long> address = own.host
                    .msi()
                    .prepare(dev, HostRig.RAM_BYTES + 0x1040)
                    .toOptional()
                    .map(PreparedMsi::address);
            assertEquals(parts == Parts.REFERENCE ? Optional.empty() : Optional.of(0xB040L), address);
        }
    }

    @Test
    @Rule("R-MSI-38")
    void preparedMsiOutlivesItsBinding() {
        cookie();
        bind(0xA000, 0x5000, PAGE);
        PreparedMsi prepared = msi.prepare(device, DOORBELL).toOptional().orElseThrow();
        unbind(0xA000);
        assertEquals(0xA040, msi.compose(prepared));
    }
}
