package org.nestor.smmu.format;

import java.util.Optional;

/**
 * The 32 bytes of an event record (IHI 0070 section 7.3), whether or not an SMMU may write them. Each accessor reads the bits where
 * the events that have the field keep it; for other events the value means nothing.
 *
 * @param dw0 bytes 0 to 7, little-endian
 * @param dw1 bytes 8 to 15, little-endian
 * @param dw2 bytes 16 to 23, little-endian
 * @param dw3 bytes 24 to 31, little-endian
 */
public record EventRecord(long dw0, long dw1, long dw2, long dw3) implements Structure {

    /** The size of a record in bytes. */
    public static final int BYTES = 32;

    private static final Field EVENT_ID = EventLayouts.UNION.field("EventID");
    private static final Field SSV = EventLayouts.UNION.field("SSV");
    private static final Field SUBSTREAM_ID = EventLayouts.UNION.field("SubstreamID");
    private static final Field STREAM_ID = EventLayouts.UNION.field("StreamID");
    private static final Field STAG = EventLayouts.UNION.field("STAG");
    private static final Field STALL = EventLayouts.UNION.field("Stall");
    private static final Field PNU = EventLayouts.UNION.field("PnU");
    private static final Field IND = EventLayouts.UNION.field("InD");
    private static final Field RNW = EventLayouts.UNION.field("RnW");
    private static final Field NSIPA = EventLayouts.UNION.field("NSIPA");
    private static final Field S2 = EventLayouts.UNION.field("S2");
    private static final Field CLASS = EventLayouts.UNION.field("CLASS");
    private static final Field TTRNW = EventLayouts.UNION.field("TTRnW");
    private static final Field IPA = EventLayouts.UNION.field("IPA");
    private static final Field FETCH_ADDR =
            EventLayouts.of(EventType.F_STE_FETCH).field("FetchAddr");
    private static final Field REASON = EventLayouts.of(EventType.F_STE_FETCH).field("Reason");
    private static final Field SPAN = EventLayouts.of(EventType.E_PAGE_REQUEST).field("Span");

    /** A record of that type with every other field 0. */
    public static EventRecord of(EventType type) {
        return new EventRecord(type.code(), 0, 0, 0);
    }

    /** The record in the first 32 of these bytes, in memory order. */
    public static EventRecord fromBytes(byte[] bytes) {
        return new EventRecord(
                LittleEndian.doubleword(bytes, 0),
                LittleEndian.doubleword(bytes, 1),
                LittleEndian.doubleword(bytes, 2),
                LittleEndian.doubleword(bytes, 3));
    }

    /** The 32 bytes in memory order. */
    public byte[] toBytes() {
        return LittleEndian.bytes(dw0, dw1, dw2, dw3);
    }

    /**
     * The same record with one field of its type replaced.
     *
     * @throws IllegalArgumentException if records of this type have no such field or the value does not fit it
     */
    public EventRecord with(String fieldName, long value) {
        return with(layout().field(fieldName), value);
    }

    /** The same record with a flag of its type replaced, as {@link #with(String, long)}. */
    public EventRecord with(String fieldName, boolean value) {
        return with(fieldName, value ? 1 : 0);
    }

    /**
     * The same record with an address field of its type replaced by the address bits that the field holds.
     *
     * @throws IllegalArgumentException if records of this type have no such field
     */
    public EventRecord withAddress(String fieldName, long address) {
        Field field = layout().field(fieldName);
        return with(field, field.extract(address));
    }

    private EventRecord with(Field field, long value) {
        long word = field.insert(doubleword(field.doubleword()), value);
        return switch (field.doubleword()) {
            case 0 -> new EventRecord(word, dw1, dw2, dw3);
            case 1 -> new EventRecord(dw0, word, dw2, dw3);
            case 2 -> new EventRecord(dw0, dw1, word, dw3);
            default -> new EventRecord(dw0, dw1, dw2, word);
        };
    }

    /** The event number. */
    public int code() {
        return (int) get(EVENT_ID);
    }

    /** The event, empty if its number is reserved or IMPLEMENTATION DEFINED. */
    public Optional<EventType> type() {
        return EventType.of(code());
    }

    public boolean ssv() {
        return isSet(SSV);
    }

    public int substreamId() {
        return (int) get(SUBSTREAM_ID);
    }

    /** All 32 bits, so negative for StreamIDs of 2^31 and more. */
    public int streamId() {
        return (int) get(STREAM_ID);
    }

    public int stag() {
        return (int) get(STAG);
    }

    public boolean stall() {
        return isSet(STALL);
    }

    public boolean pnu() {
        return isSet(PNU);
    }

    public boolean ind() {
        return isSet(IND);
    }

    public boolean rnw() {
        return isSet(RNW);
    }

    public boolean nsipa() {
        return isSet(NSIPA);
    }

    public boolean s2() {
        return isSet(S2);
    }

    /** CLASS: 0 CD, 1 TT, 2 IN, 3 reserved. */
    public int faultClass() {
        return (int) get(CLASS);
    }

    public boolean ttrnw() {
        return isSet(TTRNW);
    }

    /** The incoming address; the two ATS events keep only bits [63:12] of it. */
    public long inputAddress() {
        return dw2;
    }

    /** Bits [51:12], in place. */
    public long ipa() {
        return IPA.inPlace(dw3);
    }

    /** Bits [51:3], in place. */
    public long fetchAddress() {
        return FETCH_ADDR.inPlace(dw3);
    }

    public int reason() {
        return (int) get(REASON);
    }

    /** Span of E_PAGE_REQUEST, in pages of 4 KiB. */
    public int span() {
        return (int) get(SPAN);
    }

    /** The layout of the record's type; of a reserved or IMPLEMENTATION DEFINED event only the common fields. */
    @Override
    public Layout layout() {
        return type().map(EventLayouts::of).orElse(EventLayouts.COMMON);
    }

    @Override
    public long doubleword(int index) {
        return switch (index) {
            case 0 -> dw0;
            case 1 -> dw1;
            case 2 -> dw2;
            case 3 -> dw3;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }
}
