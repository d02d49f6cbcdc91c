package org.nestor.generators.nested;

import java.util.List;
import org.nestor.iommu.Parts;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

/**
 * The host that a run is on.
 *
 * @param ranges whether its SMMU has range invalidation
 * @param granule page size of the host
 * @param parts what its software is assembled from
 */
public record NestedSetup(boolean ranges, Granule granule, Parts parts) {
    private static final int RIL = 1 << 10;

    /** The hosts that a seed chooses from: with and without range invalidation, in each page size. */
    public static NestedSetup of(long seed, Parts parts) {
        List<Granule> granules = List.of(Granule.KB4, Granule.KB4, Granule.KB16, Granule.KB64);
        return new NestedSetup(
                Long.remainderUnsigned(seed, 2) == 0, granules.get((int) Long.remainderUnsigned(seed / 2, 4)), parts);
    }

    IdRegisters ids() {
        IdRegisters full = Profile.FULL.idRegisters();
        return ranges
                ? full
                : new IdRegisters(full.idr0(), full.idr1(), 0, full.idr3() & ~RIL, 0, full.idr5(), 0, full.aidr());
    }

    int page() {
        return switch (granule) {
            case KB4 -> 1 << 12;
            case KB16 -> 1 << 14;
            case KB64 -> 1 << 16;
        };
    }
}
