package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.host.HostRig;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;

class SteTests {
    private static final long SHI = 1L << 44;
    private static final long STAGE1 = 0xD6;
    private static final long NO_STALL = 1L << 27;
    private static final long ATS = 1L << 28;
    private static final long MEV = 1L << 19;

    /** As the published series rewrites STEs. */
    private static final Parts SERIES = Quirk.B_51.applyTo(Parts.REFERENCE);

    private static final int TRANSLATE = PasidTableConfig.TRANSLATE;
    private static final int BYPASS = PasidTableConfig.BYPASS;
    private static final int ABORT = PasidTableConfig.ABORT;

    private final HostRig rig = new HostRig();

    private SteImage ste(int sid) {
        return ste(rig, sid);
    }

    private static SteImage ste(HostRig rig, int sid) {
        return rig.host.instance(0).ste(sid);
    }

    private void set(IommuDomain domain, int config, long base) {
        set(rig, domain, config, base);
    }

    private static void set(HostRig rig, IommuDomain domain, int config, long base) {
        assertTrue(rig.host
                .core()
                .attachPasidTable(domain, PasidTableConfig.of(config, base))
                .isOk());
    }

    @Test
    @Rule("R-STE-02")
    @Rule("R-STE-07")
    @Rule("R-STE-08")
    @Rule("R-STE-09")
    @Rule("R-STE-10")
    @Rule("R-STE-12")
    void nestedSteHasBothStages() {
        nestedSteHasBothStages(Parts.REFERENCE, SHI | MEV | STAGE1 | NO_STALL);
        nestedSteHasBothStages(SERIES, STAGE1 | NO_STALL);
    }

    private static void nestedSteHasBothStages(Parts parts, long attributes) {
        HostRig own = new HostRig(parts);
        IommuDomain domain = own.nestedWith(own.device(1));
        set(own, domain, TRANSLATE, 0xFFFF_FFFF_FFFF_FFFFL);

        SteImage image = ste(own, 1);
        assertEquals(0x000F_FFFF_FFFF_FFC0L | 0xF, image.dw0());
        assertEquals(attributes, image.dw1());
        // T0SZ 16, SL0 2, WBWA, ISH, 4 KiB, PS 5, AA64, PTW, R.
        assertEquals(1 | 0x0005_3590L << 32 | 1L << 51 | 1L << 54 | 1L << 58, image.dw2());
        assertTrue(image.dw3() >= HostRig.TABLES && image.dw3() < HostRig.TABLES_END);
    }

    @Test
    @Rule("R-STE-10")
    @Rule("R-STE-13")
    void traitsOfTheDeviceAreInItsSte() {
        traitsOfTheDeviceAreInItsSte(Parts.REFERENCE, SHI | MEV, 0);
        traitsOfTheDeviceAreInItsSte(SERIES, 0, SHI);
    }

    private static void traitsOfTheDeviceAreInItsSte(Parts parts, long always, long aborting) {
        HostRig own = new HostRig(parts);
        IommuDomain domain = own.nested();
        domain.attach(own.device(DeviceDescription.of("a", 1, HostRig.DOORBELL).withAts()));
        domain.attach(own.device(DeviceDescription.of("s", 2, HostRig.DOORBELL).withStall()));
        assertEquals(SHI | ATS, ste(own, 1).dw1());
        set(own, domain, TRANSLATE, 0x1000);

        assertEquals(always | STAGE1 | NO_STALL | ATS, ste(own, 1).dw1());
        assertEquals(always | STAGE1, ste(own, 2).dw1());
        set(own, domain, ABORT, 0);
        assertEquals(aborting, ste(own, 1).dw1());
    }

    @ParameterizedTest
    @CsvSource({"true, 0x1", "false, 0x9"})
    @Rule("R-DET-02")
    @Rule("R-STE-05")
    @Rule("R-STE-06")
    @Rule("R-STE-14")
    @Rule("R-ATT-16")
    void deviceWithoutDomainFollowsThePolicyAndAbortOfTheGuestDoesNot(boolean disableBypass, String word) {
        long shareability = disableBypass ? 0 : SHI;
        assertEquals(
                new SteImage(Long.decode(word), shareability, 0, 0),
                withoutDomain(Parts.REFERENCE, disableBypass, word));
        SteImage left = withoutDomain(SERIES, disableBypass, word);
        assertEquals(new SteImage(Long.decode(word), SHI, 0, left.dw3()), left);
        assertTrue(left.dw3() != 0);
    }

    /** The STE of a device that has been in a nested domain. */
    private static SteImage withoutDomain(Parts parts, boolean disableBypass, String word) {
        DriverOptions options = new DriverOptions(disableBypass, false, Granule.KB4, false);
        HostRig own = new HostRig(Profile.FULL.idRegisters(), 1, options, parts);
        IommuDevice device = own.device(1);
        assertEquals(Long.decode(word), own.host.instance(0).ste(1).dw0());
        IommuDomain domain = own.nestedWith(device);
        own.host.core().attachPasidTable(domain, PasidTableConfig.of(ABORT, 0));
        assertEquals(1, own.host.instance(0).ste(1).dw0());
        own.host.core().attachPasidTable(domain, PasidTableConfig.of(TRANSLATE, 0x1000));
        long table = own.host.instance(0).ste(1).dw3();
        domain.detach(device);

        SteImage image = own.host.instance(0).ste(1);
        assertTrue(image.dw3() == 0 || image.dw3() == table);
        return image;
    }

    @Test
    @Rule("R-STE-03")
    @Rule("R-STE-23")
    void bypassOfTheSeriesKeepsTheAttributesOfStage1() {
        HostRig own = new HostRig(SERIES);
        IommuDomain domain = own.nestedWith(own.device(1));
        SteImage first = ste(own, 1);
        assertEquals(0xD, first.dw0());
        assertEquals(SHI, first.dw1());
        set(own, domain, TRANSLATE, 0x1000);
        set(own, domain, BYPASS, 0);
        assertEquals(new SteImage(0xD, STAGE1 | NO_STALL, first.dw2(), first.dw3()), ste(own, 1));
    }

    @Test
    @Rule("R-STE-03")
    void bypassLeavesNothingOfStage1() {
        IommuDomain domain = rig.nestedWith(rig.device(1));
        SteImage first = ste(1);
        assertEquals(0xD, first.dw0());
        assertEquals(SHI, first.dw1());
        set(domain, TRANSLATE, 0x1000);
        set(domain, BYPASS, 0);
        assertEquals(first, ste(1));
    }

    @Test
    @Rule("R-DET-07")
    @Rule("R-STE-15")
    void singleStageLeavesNothingOfStage2() {
        IommuDevice device = rig.device(1);
        IommuDomain nested = rig.nestedWith(device);
        set(nested, TRANSLATE, 0x1000);
        IommuDomain single = rig.host.allocateDomain(DomainType.DMA);
        assertTrue(single.attach(device).isOk());

        assertEquals(0xB, ste(1).dw0() & 0xF);
        assertEquals(STAGE1 | NO_STALL, ste(1).dw1());
        assertEquals(0, ste(1).dw2());
        assertEquals(0, ste(1).dw3());
    }

    @Test
    @Rule("R-PTA-27")
    void domainThatEndsClearsTheCdOfTheHostAndLeavesThatOfAGuest() {
        IommuDevice device = rig.device(1);
        IommuDomain single = rig.host.allocateDomain(DomainType.DMA);
        single.attach(device);
        long own = ste(1).dw0() & SteImage.CONTEXT_POINTER;
        assertEquals(1, rig.memory.read64(own) >>> 31 & 1);
        IommuDomain nested = rig.nestedWith(device);
        single.free();
        assertEquals(0, rig.memory.read64(own));

        set(nested, TRANSLATE, 0x5000_0000);
        rig.memory.write64(0x5000_0000, 1L << 31);
        nested.detach(device);
        nested.free();
        assertEquals(1L << 31, rig.memory.read64(0x5000_0000));
    }

    @Test
    @Rule("R-STE-11")
    void streamWorldIsWrittenOnlyWhereItCounts() {
        DriverOptions e2h = new DriverOptions(true, true, Granule.KB4, false);
        for (Parts parts : List.of(Parts.REFERENCE, Quirk.Q_22.applyTo(Parts.REFERENCE))) {
            HostRig own = new HostRig(Profile.FULL.idRegisters(), 1, e2h, parts);
            IommuDevice device = own.device(1);
            IommuDomain domain = own.nestedWith(device);
            own.host.core().attachPasidTable(domain, PasidTableConfig.of(TRANSLATE, 0x1000));
            long strw = own.host.instance(0).ste(1).dw1() >>> 30 & 3;
            assertEquals(parts == Parts.REFERENCE ? 0 : 2, strw);
            own.host.allocateDomain(DomainType.DMA).attach(device);
            assertEquals(2, own.host.instance(0).ste(1).dw1() >>> 30 & 3);
        }
    }

    @Test
    @Rule("R-STE-18")
    @Rule("R-STE-19")
    @Rule("R-PTA-25")
    void eachTransitionOfTheSeriesHasItsNumberOfSynchronisations() {
        HostRig own = new HostRig(SERIES);
        IommuDevice device = own.device(1);
        IommuDomain domain = own.nested();
        assertEquals("CSCSP", sent(own, () -> domain.attach(device)));
        assertEquals("CSCSCSP", sent(own, () -> set(own, domain, TRANSLATE, 0x1000)));
        assertEquals("CSCSCSP", sent(own, () -> set(own, domain, BYPASS, 0)));
        assertEquals("CSCSCSP", sent(own, () -> set(own, domain, BYPASS, 0)));
        assertEquals("CS", sent(own, () -> set(own, domain, ABORT, 0)));
        assertEquals("CS", sent(own, () -> set(own, domain, ABORT, 0)));
        assertEquals("CSCSP", sent(own, () -> set(own, domain, TRANSLATE, 0x1000)));
        assertEquals("CS", sent(own, () -> set(own, domain, ABORT, 0)));
        assertEquals("CSCSP", sent(own, () -> set(own, domain, BYPASS, 0)));
        assertEquals("CS", sent(own, () -> domain.detach(device)));
    }

    @Test
    @Rule("R-STE-20")
    @Rule("R-PTA-25")
    void eachTransitionHasNoMoreSynchronisationsThanItNeeds() {
        IommuDevice device = rig.device(1);
        IommuDomain domain = rig.nested();
        assertEquals("CSCSP", sent(rig, () -> domain.attach(device)));
        assertEquals("CSCSP", sent(rig, () -> set(domain, TRANSLATE, 0x1000)));
        assertEquals("CSCSCSP", sent(rig, () -> set(domain, BYPASS, 0)));
        assertEquals("", sent(rig, () -> set(domain, BYPASS, 0)));
        assertEquals("CSCS", sent(rig, () -> set(domain, ABORT, 0)));
        assertEquals("", sent(rig, () -> set(domain, ABORT, 0)));
        assertEquals("CSCSP", sent(rig, () -> set(domain, TRANSLATE, 0x1000)));
        assertEquals("CSCS", sent(rig, () -> set(domain, ABORT, 0)));
        assertEquals("CSCSP", sent(rig, () -> set(domain, BYPASS, 0)));
        assertEquals("CSCS", sent(rig, () -> domain.detach(device)));
    }

    private static String sent(HostRig rig, Runnable action) {
        rig.commands();
        action.run();
        StringBuilder letters = new StringBuilder();
        for (CommandRecord command : rig.commands()) {
            letters.append(
                    switch ((int) command.dw0() & 0xFF) {
                        case 0x03 -> "C";
                        case 0x46 -> "S";
                        case 0x01 -> "P";
                        default -> "?";
                    });
        }
        return letters.toString();
    }

    @Test
    @Rule("R-PTA-17")
    @Rule("R-PTA-18")
    @Rule("R-PTA-19")
    @Rule("R-PTA-23")
    @Rule("R-PTA-26")
    @Rule("R-ATT-19")
    @Rule("R-ATT-20")
    void everyStreamOfEveryDeviceFollowsTheGuest() {
        DeviceDescription two = DeviceDescription.of("two", 3, HostRig.DOORBELL).withStreams(3, 4, 3);
        IommuDomain domain = rig.nestedWith(rig.device(1), rig.device(two));
        set(domain, TRANSLATE, 0x1000);
        for (int sid : new int[] {1, 3, 4}) {
            assertEquals(0x100F, ste(sid).dw0());
        }
        domain.attach(rig.device(5));
        assertEquals(0x100F, ste(5).dw0());
        set(domain, ABORT, 0);
        domain.attach(rig.device(6));
        for (int sid : new int[] {1, 3, 4, 5, 6}) {
            assertEquals(0x1, ste(sid).dw0());
        }
    }

    @Test
    @Rule("R-PTA-30")
    @Rule("R-PTA-27")
    @Rule("R-PTA-28")
    @Rule("R-PTA-29")
    @Rule("R-STE-20")
    @Rule("R-STE-22")
    void dmaFollowsTheGuestsState() {
        IommuDevice device = rig.device(1);
        IommuDomain domain = rig.nestedWith(device);
        domain.map(0, 0x1000_0000, 1 << 24, org.nestor.iommu.Prot.READ_WRITE);
        HostRig.Guest guest = rig.guest(0x1000_0000, 0x1000_0000, 7, Granule.KB4);
        guest.map(0x40_0000, 0x80_0000);

        assertEquals("0x10001000", rig.reach(device, 0x1000));
        set(domain, TRANSLATE, guest.base());
        assertEquals("0x10800000", rig.reach(device, 0x40_0000));
        assertEquals("Abort", rig.reach(device, 0x1000));
        set(domain, ABORT, 0);
        rig.host.takeLog();
        assertEquals("Abort", rig.reach(device, 0x40_0000));
        assertEquals(List.of(), rig.host.takeLog());
        set(domain, BYPASS, 0);
        assertEquals("0x10001000", rig.reach(device, 0x1000));
    }
}
