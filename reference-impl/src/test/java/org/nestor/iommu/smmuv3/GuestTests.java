package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Stage1Bits;

/** Two guests on one host, each with its own part of memory, whose SMMU remembers everything. */
class GuestTests {
    private static final long FIRST = 0x1000_0000;
    private static final long SECOND = 0x2000_0000;

    private final HostRig rig = new HostRig();
    private final IommuDevice device = rig.device(1);
    private final IommuDevice neighbour = rig.device(2);
    private final IommuDomain domain = rig.nestedWith(device);
    private final IommuDomain other = rig.nestedWith(neighbour);
    private final HostRig.Guest guest = rig.guest(FIRST, FIRST, 7, Granule.KB4);
    private final HostRig.Guest second = rig.guest(SECOND, SECOND, 7, Granule.KB4);

    private GuestTests started() {
        domain.map(0, FIRST, 1 << 24, Prot.READ_WRITE);
        other.map(0, SECOND, 1 << 24, Prot.READ_WRITE);
        guest.map(0x40_0000, 0x80_0000);
        second.map(0x40_0000, 0x81_0000);
        translate(domain, guest);
        translate(other, second);
        assertEquals("0x10800000", rig.reach(device, 0x40_0000));
        assertEquals("0x20810000", rig.reach(neighbour, 0x40_0000));
        return this;
    }

    private void translate(IommuDomain of, HostRig.Guest by) {
        assertTrue(rig.host
                .core()
                .attachPasidTable(of, PasidTableConfig.of(PasidTableConfig.TRANSLATE, by.base()))
                .isOk());
    }

    private void invalidate(CacheInvalidateInfo info) {
        assertTrue(
                domain.nestedOps().orElseThrow().cacheInvalidate(device, info).isOk());
    }

    @Test
    @Rule("R-STE-21")
    @Rule("R-PTD-07")
    void rewrittenSteRemovesNoTranslation() {
        started();
        guest.unmap(0x40_0000);
        rig.host.core().detachPasidTable(domain);
        translate(domain, guest);
        assertEquals("0x10800000", rig.reach(device, 0x40_0000));
        invalidate(CacheInvalidateInfo.domain());
        assertEquals("Abort", rig.reach(device, 0x40_0000));
    }

    @Test
    @Rule("R-INV-16")
    @Rule("R-INV-34")
    void globalEntrySurvivesItsAsidAndNotItsDomain() {
        started();
        guest.table().map(0x50_0000, 0x80_5000, 3, Stage1Bits.READ_WRITE);
        assertEquals("0x10805000", rig.reach(device, 0x50_0000));
        guest.unmap(0x50_0000).unmap(0x40_0000);
        invalidate(CacheInvalidateInfo.asid(7));
        assertEquals("Abort", rig.reach(device, 0x40_0000));
        assertEquals("0x10805000", rig.reach(device, 0x50_0000));
        invalidate(CacheInvalidateInfo.domain());
        assertEquals("Abort", rig.reach(device, 0x50_0000));
    }

    @Test
    @Rule("R-INV-23")
    @Rule("R-INV-19")
    void everyEntryThatARangeOverlapsIsRemoved() {
        started();
        guest.table().map(0x20_0000, 0x20_0000, 2, Stage1Bits.READ_WRITE | Stage1Bits.NG);
        assertEquals("0x10203000", rig.reach(device, 0x20_3000));
        guest.table().poke(0x20_0000, 2, 0);
        guest.unmap(0x40_0000);
        invalidate(CacheInvalidateInfo.range(7, 0x20_3000, 4096, 1, false));
        assertEquals("Abort", rig.reach(device, 0x20_3000));
        assertEquals("0x10800000", rig.reach(device, 0x40_0000));
        invalidate(CacheInvalidateInfo.range(7, 0x3F_F000, 4096, 2, true));
        assertEquals("Abort", rig.reach(device, 0x40_0000));
    }

    @Test
    @Rule("R-LIF-14")
    @Rule("R-LIF-15")
    @Rule("R-INV-40")
    void guestReachesNothingThatStage2DoesNotMap() {
        started();
        for (long ipa : new long[] {0x100_0000, SECOND, FIRST, 0x8000_0000L, 0xFFFF_F000L, 0xFF_FFFF_F000L}) {
            guest.map(0x40_1000, ipa);
            invalidate(CacheInvalidateInfo.asid(7));
            assertEquals("Abort", rig.reach(device, 0x40_1000), Long.toHexString(ipa));
        }
        rig.host.core().detachPasidTable(domain);
        for (long base : new long[] {SECOND, 0x8000_0000L, -1L}) {
            rig.host.core().attachPasidTable(domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, base));
            assertEquals("Abort", rig.reach(device, 0x40_0000));
            rig.host.core().detachPasidTable(domain);
        }
        assertEquals("0x20810000", rig.reach(neighbour, 0x40_0000));
    }
}
