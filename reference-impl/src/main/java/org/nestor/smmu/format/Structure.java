package org.nestor.smmu.format;

/** A structure made of 64-bit doublewords, read through the fields of its layout. */
public interface Structure {

    Layout layout();

    /** The doubleword at that index, 0 to {@code layout().doublewords() - 1}. */
    long doubleword(int index);

    default long get(Field field) {
        return field.extract(doubleword(field.doubleword()));
    }

    default boolean isSet(Field field) {
        return field.isSet(doubleword(field.doubleword()));
    }
}
