package org.nestor.generators.nested;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nestor.iommu.Parts;
import org.nestor.smmu.format.Granule;

/**
 * The host that a run is on.
 *
 * @param smmus its SMMUs, which may differ
 * @param granule page size of the host, which each of them has
 * @param parts what its software is assembled from
 */
public record NestedSetup(List<SmmuKind> smmus, Granule granule, Parts parts) {
    private static final int ALIKE = 8;

    public NestedSetup {
        smmus = List.copyOf(smmus);
    }

    /**
     * The hosts that a seed chooses from: in each page size, half of them with SMMUs that are alike, with or without range
     * invalidation, and half with SMMUs of which each lacks something of its own.
     */
    public static NestedSetup of(long seed, Parts parts) {
        List<Granule> granules = List.of(Granule.KB4, Granule.KB4, Granule.KB16, Granule.KB64);
        Granule granule = granules.get((int) Long.remainderUnsigned(seed / 2, 4));
        SmmuKind full = SmmuKind.full(Long.remainderUnsigned(seed, 2) == 0);
        SplittableRandom random = new SplittableRandom(seed);
        Stream<SmmuKind> kinds = Long.remainderUnsigned(seed / ALIKE, 2) == 0
                ? Stream.generate(() -> full)
                : Stream.generate(() -> SmmuKind.any(random, granule));
        return new NestedSetup(kinds.limit(Hardware.SMMUS).toList(), granule, parts);
    }

    int page() {
        return switch (granule) {
            case KB4 -> 1 << 12;
            case KB16 -> 1 << 14;
            case KB64 -> 1 << 16;
        };
    }

    /** Its page size and its SMMUs, in words. */
    public String describe() {
        String pages = (page() >> 10) + " KiB; ";
        return pages
                + (smmus.stream().distinct().count() == 1
                        ? smmus.get(0).toString()
                        : String.join(
                                " / ", smmus.stream().map(SmmuKind::toString).toList()));
    }
}
