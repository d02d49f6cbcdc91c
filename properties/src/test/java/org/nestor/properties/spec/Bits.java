package org.nestor.properties.spec;

import java.util.Map;
import java.util.SplittableRandom;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.IdRegisters;

/**
 * The bits of an instance: a structure of 64 bytes, the ID registers, and what else the instance says, by name. All bits that the
 * module does not speak of are random, within a field that it knows only by size as in those that it leaves out.
 */
final class Bits {
    private static final int BYTE = 8;

    private final SplittableRandom random;
    private final long[] words;
    private final long[] registers = new long[BitsEncoder.REGISTERS];
    private final Map<String, String> named;

    Bits(SplittableRandom random, Map<String, String> named) {
        this.random = random;
        this.named = named;
        this.words = random.longs(Line.DOUBLEWORDS).toArray();
    }

    Line line() {
        return Line.of(dw -> words[dw]);
    }

    IdRegisters id() {
        return new IdRegisters(
                (int) registers[0], (int) registers[1], 0, (int) registers[2], 0, (int) registers[3], 0, (int)
                        registers[4]);
    }

    /** The value of a field that is neither of the structure nor of the ID registers. */
    String named(String field) {
        return named.get(field);
    }

    boolean isSet(String field) {
        return !named(field).isEmpty();
    }

    void name(String field, String value) {
        named.put(field, value);
    }

    void setRegister(int register, Field field, long value) {
        registers[register] = field.insert(registers[register], value);
    }

    void set(Field field, long value) {
        words[field.doubleword()] = field.insert(words[field.doubleword()], value);
    }

    /** A tag of 16 bits that needs all of them or just the lower half. */
    void setTag(Field field, boolean wide) {
        long low = random.nextLong(1 << BYTE);
        set(field, wide ? low | random.nextLong(1, 1 << BYTE) << BYTE : low);
    }

    /** An address that fits into {@code bits} and, unless that is the smallest size, not into {@code smaller}. */
    void setAddress(Field field, int smaller, int bits) {
        long top = 1L << random.nextInt(smaller, bits);
        set(field, field.extract(top | random.nextLong(top)));
    }
}
