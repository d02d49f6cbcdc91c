package org.nestor.smmu.format;

import java.util.function.IntToLongFunction;

/** The eight doublewords of a 64-byte structure (STE or CD), in memory order. */
public record Line(long dw0, long dw1, long dw2, long dw3, long dw4, long dw5, long dw6, long dw7) {

    public static final int DOUBLEWORDS = 8;

    /** The size of the structure in bytes. */
    public static final int BYTES = 64;

    public static final Line ZERO = new Line(0, 0, 0, 0, 0, 0, 0, 0);

    /** Asks for each doubleword in ascending order. */
    public static Line of(IntToLongFunction words) {
        return new Line(
                words.applyAsLong(0),
                words.applyAsLong(1),
                words.applyAsLong(2),
                words.applyAsLong(3),
                words.applyAsLong(4),
                words.applyAsLong(5),
                words.applyAsLong(6),
                words.applyAsLong(7));
    }

    public long doubleword(int index) {
        return switch (index) {
            case 0 -> dw0;
            case 1 -> dw1;
            case 2 -> dw2;
            case 3 -> dw3;
            case 4 -> dw4;
            case 5 -> dw5;
            case 6 -> dw6;
            case 7 -> dw7;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    /** The same line with one doubleword replaced. */
    public Line with(int index, long value) {
        return of(i -> i == index ? value : doubleword(i));
    }

    /** The same line with one field replaced. */
    public Line with(Field field, long value) {
        return with(field.doubleword(), field.insert(doubleword(field.doubleword()), value));
    }
}
