package org.nestor.generators.play;

import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Line;

/** Numbers out of numbers. */
final class Bits {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Bits() {}

    /** A number that looks random, the same for the same argument; 0 for 0. */
    static long mix(long value) {
        long mixed = value * GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** A line that looks random. */
    static Line line(int seed) {
        long first = (long) Line.DOUBLEWORDS * seed + 1;
        return Line.of(index -> mix(first + index));
    }

    /** The element that the number chooses. */
    static int pick(int choice, int[] from) {
        return from[choice % from.length];
    }

    /** The line with a field replaced by as many bits of the value as it has. */
    static Line set(Line line, Field field, long value) {
        int at = field.doubleword();
        return line.with(at, line.doubleword(at) & ~field.mask() | value << field.low() & field.mask());
    }

    /** The line with a single bit inverted. */
    static Line invert(Line line, int bit) {
        int at = bit / Long.SIZE % Line.DOUBLEWORDS;
        return line.with(at, line.doubleword(at) ^ 1L << bit % Long.SIZE);
    }
}
