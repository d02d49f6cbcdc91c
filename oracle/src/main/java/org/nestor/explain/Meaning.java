package org.nestor.explain;

import java.util.List;
import java.util.function.LongFunction;
import org.nestor.smmu.format.Field;

/**
 * How the values of a field read in words.
 *
 * @param inPlace the field is an address: its value keeps its bits in place
 * @param words the words for a value
 */
record Meaning(boolean inPlace, LongFunction<String> words) {

    static final Meaning NONE = new Meaning(false, value -> "");

    static Meaning words(LongFunction<String> words) {
        return new Meaning(false, words);
    }

    static Meaning address(String words) {
        return new Meaning(true, value -> words);
    }

    /** The words for 0, 1, 2 and so on; the last serve all further values. */
    static Meaning choice(List<String> choices) {
        int last = choices.size() - 1;
        return words(value -> choices.get(value >= 0 && value < last ? (int) value : last));
    }

    long value(Field field, long doubleword) {
        return inPlace ? field.inPlace(doubleword) : field.extract(doubleword);
    }
}
