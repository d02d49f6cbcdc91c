package org.nestor.generators.structure;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Line;

/**
 * Random lines and their repair. A field is made legal by mapping its random value onto the legal ones, so that what is generated
 * shrinks as eight words do, and every legal value is met.
 */
final class Lines {
    private Lines() {}

    /** Eight random doublewords; small and extreme ones are as usual as others. */
    static Arbitrary<Line> any() {
        return Arbitraries.longs().list().ofSize(Line.DOUBLEWORDS).map(words -> Line.of(index -> words.get(index)));
    }

    static long get(Line line, Field field) {
        return field.extract(line.doubleword(field.doubleword()));
    }

    /** Maps the field onto one of the values. */
    static Line choose(Line line, Field field, List<Integer> values) {
        return line.with(field, pick(get(line, field), values));
    }

    static <T> T pick(long random, List<T> from) {
        return from.get((int) Long.remainderUnsigned(random, from.size()));
    }

    static Line set(Line line, Field field, boolean value) {
        return line.with(field, value ? 1 : 0);
    }

    /** Clears the bits of an address field from a bit number of the address on. */
    static Line addressBelow(Line line, Field field, int bits) {
        long address = field.inPlace(line.doubleword(field.doubleword())) & (1L << bits) - 1;
        return line.with(field, address >>> field.low());
    }

    /** Sets one bit of an address field, at or above that bit number of the address. */
    static Line addressReaches(Line line, Field field, int bits) {
        int above = (int) Long.remainderUnsigned(get(line, field), field.high() - bits + 1);
        return line.with(field, get(line, field) | 1L << bits + above - field.low());
    }
}
