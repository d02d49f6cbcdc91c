package org.nestor.generators.vectors;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All caching vectors. */
public final class CachingVectors {

    private CachingVectors() {}

    /** V1 to V36 in that order. */
    public static List<CachingVector> all() {
        return Stream.of(PageVectors.all(), ConfigurationVectors.all(), NestedVectors.all(), RangeVectors.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(CachingVectors::number))
                .toList();
    }

    private static int number(CachingVector vector) {
        return Integer.parseInt(vector.id().substring(1));
    }
}
