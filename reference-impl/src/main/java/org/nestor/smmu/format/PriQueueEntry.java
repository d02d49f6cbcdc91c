package org.nestor.smmu.format;

/**
 * The 16 bytes of a PRI queue entry (IHI 0070 section 8.1).
 *
 * @param dw0 bytes 0 to 7, little-endian
 * @param dw1 bytes 8 to 15, little-endian
 */
public record PriQueueEntry(long dw0, long dw1) implements Structure {

    /** The size of an entry in bytes. */
    public static final int BYTES = 16;

    public static final Layout LAYOUT = Layout.table("PRI", 2, """
            # dw  high low  name         clause
              0   31   0    StreamID     8.1
              0   51   32   SubstreamID  8.1
              0   58   58   Priv         8.1
              0   59   59   X            8.1
              0   60   60   R            8.1
              0   61   61   W            8.1
              0   62   62   Last         8.1
              0   63   63   SSV          8.1
              1   8    0    PRGIndex     8.1
              1   63   12   Addr         8.1
            """);

    private static final Field STREAM_ID = LAYOUT.field("StreamID");
    private static final Field SUBSTREAM_ID = LAYOUT.field("SubstreamID");
    private static final Field PRIV = LAYOUT.field("Priv");
    private static final Field X = LAYOUT.field("X");
    private static final Field R = LAYOUT.field("R");
    private static final Field W = LAYOUT.field("W");
    private static final Field LAST = LAYOUT.field("Last");
    private static final Field SSV = LAYOUT.field("SSV");
    private static final Field PRG_INDEX = LAYOUT.field("PRGIndex");
    private static final Field ADDR = LAYOUT.field("Addr");

    /** The entry in the first 16 of these bytes, in memory order. */
    public static PriQueueEntry fromBytes(byte[] bytes) {
        return new PriQueueEntry(LittleEndian.doubleword(bytes, 0), LittleEndian.doubleword(bytes, 1));
    }

    /** The 16 bytes in memory order. */
    public byte[] toBytes() {
        return LittleEndian.bytes(dw0, dw1);
    }

    /**
     * The same entry with one field replaced.
     *
     * @throws IllegalArgumentException if there is no such field or the value does not fit it
     */
    public PriQueueEntry with(String fieldName, long value) {
        Field field = LAYOUT.field(fieldName);
        return field.doubleword() == 0
                ? new PriQueueEntry(field.insert(dw0, value), dw1)
                : new PriQueueEntry(dw0, field.insert(dw1, value));
    }

    /** All 32 bits, so negative for StreamIDs of 2^31 and more. */
    public int streamId() {
        return (int) get(STREAM_ID);
    }

    public int substreamId() {
        return (int) get(SUBSTREAM_ID);
    }

    public boolean priv() {
        return isSet(PRIV);
    }

    public boolean x() {
        return isSet(X);
    }

    public boolean r() {
        return isSet(R);
    }

    public boolean w() {
        return isSet(W);
    }

    /** Last request of its group: the one that is answered. */
    public boolean last() {
        return isSet(LAST);
    }

    public boolean ssv() {
        return isSet(SSV);
    }

    public int prgIndex() {
        return (int) get(PRG_INDEX);
    }

    /** Bits [63:12], in place. */
    public long address() {
        return ADDR.inPlace(dw1);
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public long doubleword(int index) {
        return index == 0 ? dw0 : dw1;
    }
}
