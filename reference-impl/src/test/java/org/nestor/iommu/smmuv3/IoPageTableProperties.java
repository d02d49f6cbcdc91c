package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.host.HostRig;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Prot;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;

/** Tables of either stage in each granule say what was mapped, and so does the SMMU that walks them. */
class IoPageTableProperties {
    private static final long AREA = 1L << 30;
    private static final long PHYSICAL = 0x1000_0000L;

    @Property(tries = 60)
    @Rule("R-MAP-01")
    @Rule("R-MAP-05")
    @Rule("R-MAP-06")
    void tableIsTheMapOfWhatWasMapped(@ForAll Granule granule, @ForAll boolean stage2, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DriverOptions options = new DriverOptions(true, false, granule, false);
        HostRig rig = new HostRig(Profile.FULL.idRegisters(), 1, options, Parts.REFERENCE);
        IommuDevice device = rig.device(1);
        IommuDomain domain = rig.host.allocateDomain(DomainType.UNMANAGED);
        domain.setNesting(stage2);
        assertTrue(domain.attach(device).isOk());
        long page = Long.lowestOneBit(domain.pageSizes());
        Map<Long, Long> model = new HashMap<>();
        for (int step = 0; step < 30; step++) {
            long size = random.nextInt(4) == 0
                    ? Math.min(AREA / 4, Long.highestOneBit(domain.pageSizes() & AREA / 4 - 1))
                    : page * (1 + random.nextInt(40));
            long iova = random.nextLong(AREA / size) * size;
            if (random.nextInt(3) > 0) {
                long pa = PHYSICAL + random.nextLong(AREA / 4 / size + 1) * size;
                map(domain, model, iova, pa, size, page);
            } else {
                unmap(domain, model, iova, size, page);
            }
            for (int i = 0; i < 4; i++) {
                long at = iova + random.nextLong(size + page) & -16;
                Long expected = model.get(at & -page);
                OptionalLong found = domain.iovaToPhys(at);
                assertEquals(
                        expected == null ? OptionalLong.empty() : OptionalLong.of(expected | at & page - 1), found);
                assertEquals(
                        expected == null ? "Abort" : "0x" + Long.toHexString(found.getAsLong()), rig.reach(device, at));
            }
        }
    }

    private static void map(IommuDomain domain, Map<Long, Long> model, long iova, long pa, long size, long page) {
        boolean occupied = false;
        for (long offset = 0; offset < size; offset += page) {
            occupied |= model.containsKey(iova + offset);
        }
        assertEquals(
                occupied ? Optional.of(Errno.EEXIST) : Optional.empty(),
                domain.map(iova, pa, size, Prot.READ_WRITE).errno());
        for (long offset = 0; offset < size && !occupied; offset += page) {
            model.put(iova + offset, pa + offset);
        }
    }

    private static void unmap(IommuDomain domain, Map<Long, Long> model, long iova, long size, long page) {
        long length = 0;
        while (length < size && model.remove(iova + length) != null) {
            length += page;
        }
        assertEquals(length, domain.unmap(iova, size));
    }
}
