package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FieldProperties {

    @Property
    void extractionIsDivisionAndRemainder(@ForAll("fields") Field field, @ForAll long word) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(word));
        BigInteger expected = unsigned.shiftRight(field.low()).mod(BigInteger.ONE.shiftLeft(field.width()));

        assertEquals(expected.longValue(), field.extract(word));
        assertEquals(expected.shiftLeft(field.low()).longValue(), field.inPlace(word));
        assertEquals(expected.signum() != 0, field.isSet(word));
    }

    @Property
    void insertionChangesTheFieldAndNothingElse(
            @ForAll("fields") Field field, @ForAll long word, @ForAll long anyValue) {
        long value = field.width() == 64 ? anyValue : anyValue & (1L << field.width()) - 1;

        long changed = field.insert(word, value);

        for (int bit = 0; bit < 64; bit++) {
            boolean inside = bit >= field.low() && bit <= field.high();
            long expected = inside ? value >>> bit - field.low() & 1 : word >>> bit & 1;
            assertEquals(expected, changed >>> bit & 1, "bit " + bit);
        }
    }

    @Property
    void insertionRefusesAValueThatDoesNotFit(@ForAll("fields") Field field, @ForAll long word, @ForAll long high) {
        if (field.width() < 64) {
            long value = high | 1L << field.width();
            assertThrows(IllegalArgumentException.class, () -> field.insert(word, value));
        }
    }

    @Provide
    Arbitrary<Field> fields() {
        Arbitrary<Integer> bits = Arbitraries.integers().between(0, 63);
        return Combinators.combine(bits, bits).as((a, b) -> new Field("F", 0, Math.max(a, b), Math.min(a, b), "any"));
    }
}
