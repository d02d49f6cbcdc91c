package org.nestor.smmu.format;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The layouts of the event records (IHI 0070 section 7.3): 32 bytes each. */
public final class EventLayouts {

    private static final String STREAM = """
            0 7  0  EventID  7.3
            0 63 32 StreamID 7.3
            """;
    private static final String SUBSTREAM_ID = "0 31 12 SubstreamID 7.3, UNKNOWN if SSV = 0\n";
    private static final String SUBSTREAM = "0 11 11 SSV 7.3\n" + SUBSTREAM_ID;
    private static final String REASON = "1 15 0 Reason 7.3, IMPLEMENTATION DEFINED\n";
    private static final String STALL = """
            1 15 0  STAG  7.3, meaningful if Stall = 1
            1 31 31 Stall 7.3
            """;
    private static final String RNW = "1 35 35 RnW 7.3\n";
    private static final String TRANSACTION = """
            1 33 33 PnU 7.3
            1 34 34 InD 7.3
            """ + RNW;
    private static final String NSIPA = "1 38 38 NSIPA 7.3, 0 on the Non-secure queue\n";
    private static final String S2 = "1 39 39 S2 7.3\n";
    private static final String CLASS = "1 41 40 CLASS 7.3\n";
    private static final String INPUT_ADDR = "2 63 0 InputAddr 7.3\n";
    private static final String INPUT_PAGE = "2 63 12 InputAddr 7.3\n";
    private static final String IPA = "3 51 12 IPA 7.3, UNKNOWN if S2 = 0\n";
    private static final String FETCH_ADDR = "3 51 3 FetchAddr 7.3\n";
    private static final String FAULT = STALL + TRANSACTION + NSIPA + S2 + CLASS + INPUT_ADDR + IPA;

    /** The positions are not verified against the architecture; consumers must not compare these fields. */
    private static final String ATS_REQUEST = """
            1 33 33 Priv 7.3, position unverified
            1 34 34 X    7.3, position unverified
            1 35 35 R    7.3, position unverified
            1 36 36 W    7.3, position unverified
            1 51 44 Span 7.3, position unverified
            """;

    private static final String PAGE_REQUEST = """
            1 34 34 uX   7.3
            1 35 35 uW   7.3
            1 36 36 uR   7.3
            1 37 37 pX   7.3
            1 38 38 pW   7.3
            1 39 39 pR   7.3
            1 51 44 Span 7.3
            """;

    /** All positions that the faults of the architecture share, for accessors that serve every event. */
    static final Layout UNION = table("event", STREAM, SUBSTREAM, FAULT, "1 44 44 TTRnW 7.3.16\n");

    /** The fields of records whose number is reserved or IMPLEMENTATION DEFINED. */
    static final Layout COMMON = table("event", STREAM, SUBSTREAM);

    private static final Map<EventType, Layout> BY_TYPE = byType();

    private EventLayouts() {}

    /** The layout of that event's record. */
    public static Layout of(EventType type) {
        return Objects.requireNonNull(BY_TYPE.get(type));
    }

    private static Map<EventType, Layout> byType() {
        Map<EventType, Layout> map = new EnumMap<>(EventType.class);
        Arrays.stream(EventType.values()).forEach(type -> map.put(type, create(type)));
        return map;
    }

    private static Layout create(EventType type) {
        return switch (type) {
            case F_UUT -> table(type.name(), STREAM, SUBSTREAM, REASON, TRANSACTION, INPUT_ADDR);
            case C_BAD_STREAMID, C_BAD_STE, C_BAD_CD -> table(type.name(), STREAM, SUBSTREAM);
            case F_STE_FETCH, F_CD_FETCH, F_VMS_FETCH -> table(type.name(), STREAM, SUBSTREAM, REASON, FETCH_ADDR);
            case F_BAD_ATS_TREQ -> table(type.name(), STREAM, SUBSTREAM, ATS_REQUEST, INPUT_PAGE);
            case F_STREAM_DISABLED -> table(type.name(), STREAM);
            case F_TRANSL_FORBIDDEN -> table(type.name(), STREAM, SUBSTREAM, RNW, INPUT_ADDR);
            case C_BAD_SUBSTREAMID -> table(type.name(), STREAM, "0 31 12 SubstreamID 7.3, always valid\n");
            case F_WALK_EABT ->
                table(type.name(), STREAM, SUBSTREAM, REASON, TRANSACTION, S2, CLASS, INPUT_ADDR, FETCH_ADDR);
            case F_TRANSLATION, F_ADDR_SIZE, F_ACCESS -> table(type.name(), STREAM, SUBSTREAM, FAULT);
            case F_PERMISSION ->
                table(type.name(), STREAM, SUBSTREAM, FAULT, "1 44 44 TTRnW 7.3, UNKNOWN unless CLASS = TT\n");
            case F_TLB_CONFLICT -> table(type.name(), STREAM, SUBSTREAM, REASON, TRANSACTION, S2, INPUT_ADDR, IPA);
            case F_CFG_CONFLICT -> table(type.name(), STREAM, SUBSTREAM, REASON);
            case E_PAGE_REQUEST -> table(type.name(), STREAM, SUBSTREAM, PAGE_REQUEST, INPUT_PAGE);
        };
    }

    private static Layout table(String name, String... rows) {
        return Layout.table(name, 4, String.join("", rows));
    }
}
