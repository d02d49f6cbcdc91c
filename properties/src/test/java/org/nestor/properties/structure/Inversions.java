package org.nestor.properties.structure;

import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.nestor.smmu.format.Line;

/** Structures with some bits inverted. */
final class Inversions {
    private static final int BITS = 64 * Line.DOUBLEWORDS;

    private Inversions() {}

    /** One to three. */
    static <T> Arbitrary<T> few(Arbitrary<T> structures, Function<T, Line> line, Function<Line, T> structure) {
        Arbitrary<Set<Integer>> inverted =
                Arbitraries.integers().between(0, BITS - 1).set().ofMinSize(1).ofMaxSize(3);
        return structures.flatMap(each -> inverted.map(bits -> structure.apply(invert(line.apply(each), bits))));
    }

    private static Line invert(Line line, Set<Integer> bits) {
        return Line.of(word -> line.doubleword(word)
                ^ bits.stream()
                        .filter(bit -> bit / 64 == word)
                        .mapToLong(bit -> 1L << bit % 64)
                        .sum());
    }
}
