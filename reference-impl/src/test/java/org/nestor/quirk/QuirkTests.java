package org.nestor.quirk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.dma.MsiRules;
import org.nestor.host.HostRig;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.UserBuffer;
import org.nestor.iommu.smmuv3.FaultRules;
import org.nestor.iommu.smmuv3.GranuleRules;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;

class QuirkTests {

    @Test
    void everyQuirkIsFoundByItsLabel() {
        for (Quirk quirk : Quirk.values()) {
            assertEquals(Optional.of(quirk), Quirk.named(quirk.label()));
            assertTrue(quirk.label().startsWith(quirk.id()), quirk::label);
            assertTrue(quirk.title().endsWith("."), quirk::title);
        }
        assertEquals(
                Quirk.values().length,
                Arrays.stream(Quirk.values()).map(Quirk::title).distinct().count());
    }

    @Test
    @Rule("R-INV-26")
    void powersOfTwoBeyond32BitsAreMissed() {
        for (int bit = 0; bit < 64; bit++) {
            assertTrue(power(Parts.REFERENCE).holds(1L << bit));
            assertEquals(bit < 32, power(Quirk.B_12.applyTo(Parts.REFERENCE)).holds(1L << bit));
        }
        assertFalse(power(Parts.REFERENCE).holds(3));
    }

    private static GranuleRules.PowerOfTwo power(Parts parts) {
        return parts.get(GranuleRules.PowerOfTwo.class, GranuleRules.PowerOfTwo::new);
    }

    @Test
    @Rule("R-MSI-04")
    void windowBeginsWhereItWasAskedFor() {
        Refusal unknown = Refusal.of(Errno.ENODEV, "R-MSI-04");
        assertEquals(0x800_0000, window(Parts.REFERENCE).base(0x800_0000, unknown.result()));
        assertEquals(0, window(Quirk.B_47.applyTo(Parts.REFERENCE)).base(0x800_0000, unknown.result()));
    }

    private static MsiRules.WindowBase window(Parts parts) {
        return parts.get(MsiRules.WindowBase.class, MsiRules.WindowBase::new);
    }

    @Test
    @Rule("R-EVT-23")
    void stallThatIsNotReportedIsEnded() {
        assertEquals(List.of(0x44 | 1L << 32 | 1 << 13), resumes(Parts.REFERENCE));
        assertEquals(List.of(), resumes(Quirk.B_65.applyTo(Parts.REFERENCE)));
    }

    /** The commands after a stall that the driver takes for one of stage 2. */
    private static List<Long> resumes(Parts parts) {
        HostRig rig = new HostRig(parts.with(FaultRules.Stage2.class, new FaultRules.Stage2() {
            @Override
            public boolean isHosts(EventRecord event, EventType type) {
                return true;
            }
        }));
        IommuDevice device =
                rig.device(DeviceDescription.of("d", 1, HostRig.DOORBELL).withStall());
        IommuDomain domain = rig.nestedWith(device);
        domain.map(0, 0x1000_0000, 1 << 24, Prot.READ_WRITE);
        HostRig.Guest guest = rig.guest(0x1000_0000, 0x1000_0000, 7, Granule.KB4);
        guest.contexts().put(0, guest.cd().s(true).a(false));
        rig.host.core().attachPasidTable(domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, guest.base()));
        rig.commands();
        rig.host.read(device, 0x40_0000, 4);
        return rig.commands().stream().map(command -> command.dw0()).toList();
    }

    @Test
    void postedSeriesHasThemAll() {
        HostRig rig = new HostRig(Quirk.posted());
        IommuDevice device = rig.device(1);
        IommuDomain domain = rig.nestedWith(device);
        rig.commands();
        UserBuffer request = UserBuffer.of(CacheInvalidateInfo.domain().toBytes());
        assertTrue(rig.host.core().cacheInvalidate(domain, device, request).isOk());
        assertEquals(0x30, rig.commands().get(0).dw0());
    }
}
