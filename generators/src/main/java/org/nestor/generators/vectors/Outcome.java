package org.nestor.generators.vectors;

import org.nestor.smmu.format.EventType;

/**
 * What a DMA at the end of a vector showed, by a name that means something in the vector.
 *
 * @param name what vectors and reports print
 */
public record Outcome(String name) {

    /** The page that the address was mapped to at first, with the offset kept. */
    public static final Outcome OLD_PAGE = new Outcome("old page");

    /** The page that it is mapped to at the end. */
    public static final Outcome NEW_PAGE = new Outcome("new page");

    /** The memory type of before the change. */
    public static final Outcome OLD_TYPE = new Outcome("old memory type");

    /** The memory type of after the change. */
    public static final Outcome NEW_TYPE = new Outcome("new memory type");

    /** The abort of a stream with Config = 0b000, which leaves no record. */
    public static final Outcome SILENT_ABORT = new Outcome("abort without a record");

    public static final Outcome F_TRANSLATION = event(EventType.F_TRANSLATION);
    public static final Outcome F_PERMISSION = event(EventType.F_PERMISSION);
    public static final Outcome C_BAD_STE = event(EventType.C_BAD_STE);
    public static final Outcome C_BAD_SUBSTREAMID = event(EventType.C_BAD_SUBSTREAMID);

    /** An abort with one record of that type. */
    public static Outcome event(EventType type) {
        return new Outcome(type.name());
    }

    @Override
    public String toString() {
        return name;
    }
}
