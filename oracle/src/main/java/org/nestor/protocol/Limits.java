package org.nestor.protocol;

/** The ranges that hold for every implementation; one implementation may allow less. */
public final class Limits {
    /** Bytes of one line, without its line end. */
    public static final int LINE_BYTES = 1 << 20;

    /** Bytes that one request moves. As hexadecimal digits they must fit a line, with room for the rest of it. */
    public static final int TRANSFER_BYTES = 1 << 18;

    /** Bits of a StreamID. */
    public static final int STREAM_ID_BITS = 32;

    /** Bits of a SubstreamID. */
    public static final int SUBSTREAM_ID_BITS = 20;

    /** Bits of a stall tag. */
    public static final int STALL_TAG_BITS = 16;

    /** Bits of a Page Request Group index. */
    public static final int GROUP_INDEX_BITS = 9;

    /** Bytes of an event record. */
    public static final int EVENT_BYTES = 32;

    private Limits() {}

    static void bits(String name, long value, int bits) {
        require(value >>> bits == 0, name + " has more than " + bits + " bits");
    }

    static void transfer(int length) {
        require(length >= 1 && length <= TRANSFER_BYTES, "length " + length + " is not from 1 to " + TRANSFER_BYTES);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
