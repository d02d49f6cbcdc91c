package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;

class EventLayoutTests {

    /** The position of every field that several events share. */
    private static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry("SSV", "SSV 11 11"),
            Map.entry("SubstreamID", "SubstreamID 31 12"),
            Map.entry("Reason", "Reason 79 64"),
            Map.entry("STAG", "STAG 79 64"),
            Map.entry("Stall", "Stall 95 95"),
            Map.entry("PnU", "PnU 97 97"),
            Map.entry("InD", "InD 98 98"),
            Map.entry("RnW", "RnW 99 99"),
            Map.entry("NSIPA", "NSIPA 102 102"),
            Map.entry("S2", "S2 103 103"),
            Map.entry("CLASS", "CLASS 105 104"),
            Map.entry("TTRnW", "TTRnW 108 108"),
            Map.entry("InputAddr", "InputAddr 191 128"),
            Map.entry("InputPage", "InputAddr 191 140"),
            Map.entry("IPA", "IPA 243 204"),
            Map.entry("FetchAddr", "FetchAddr 243 195"),
            Map.entry("Requested", "Priv 97 97\nX 98 98\nR 99 99\nW 100 100\nSpan 115 108"),
            Map.entry("Hint", "uX 98 98\nuW 99 99\nuR 100 100\npX 101 101\npW 102 102\npR 103 103\nSpan 115 108"));

    @ParameterizedTest
    @CsvSource(textBlock = """
            01, F_UUT,              SSV SubstreamID Reason PnU InD RnW InputAddr
            02, C_BAD_STREAMID,     SSV SubstreamID
            03, F_STE_FETCH,        SSV SubstreamID Reason FetchAddr
            04, C_BAD_STE,          SSV SubstreamID
            05, F_BAD_ATS_TREQ,     SSV SubstreamID Requested InputPage
            06, F_STREAM_DISABLED,  ''
            07, F_TRANSL_FORBIDDEN, SSV SubstreamID RnW InputAddr
            08, C_BAD_SUBSTREAMID,  SubstreamID
            09, F_CD_FETCH,         SSV SubstreamID Reason FetchAddr
            0A, C_BAD_CD,           SSV SubstreamID
            0B, F_WALK_EABT,        SSV SubstreamID Reason PnU InD RnW S2 CLASS InputAddr FetchAddr
            10, F_TRANSLATION,      SSV SubstreamID STAG Stall PnU InD RnW NSIPA S2 CLASS InputAddr IPA
            11, F_ADDR_SIZE,        SSV SubstreamID STAG Stall PnU InD RnW NSIPA S2 CLASS InputAddr IPA
            12, F_ACCESS,           SSV SubstreamID STAG Stall PnU InD RnW NSIPA S2 CLASS InputAddr IPA
            13, F_PERMISSION,       SSV SubstreamID STAG Stall PnU InD RnW NSIPA S2 CLASS TTRnW InputAddr IPA
            20, F_TLB_CONFLICT,     SSV SubstreamID Reason PnU InD RnW S2 InputAddr IPA
            21, F_CFG_CONFLICT,     SSV SubstreamID Reason
            24, E_PAGE_REQUEST,     SSV SubstreamID Hint InputPage
            25, F_VMS_FETCH,        SSV SubstreamID Reason FetchAddr
            E0, -,                  SSV SubstreamID
            """)
    @Rule("A-FLT-17")
    void everyBitOfAnEventIsSeenByItsFieldAndNoOther(String code, String name, String fields) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) HexFormat.fromHexDigits(code);
        EventRecord event = EventRecord.fromBytes(bytes);

        assertEquals(name, event.type().map(EventType::name).orElse("-"));
        BitWalk.assertFields(
                event.layout(),
                Arrays.stream(fields.split(" "))
                        .map(field -> ROWS.getOrDefault(field, ""))
                        .collect(Collectors.joining("\n", "EventID 7 0\nStreamID 63 32\n", "")));
    }

    @Test
    void everyBitIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(EventRecord.class, 32, EventRecord::fromBytes, Set.of("dw0", "dw1", "dw2", "dw3"), """
                code 7 0
                ssv 11 11
                substreamId 31 12
                streamId 63 32
                stag 79 64
                reason 79 64
                stall 95 95
                pnu 97 97
                ind 98 98
                rnw 99 99
                nsipa 102 102
                s2 103 103
                faultClass 105 104
                ttrnw 108 108
                span 115 108
                inputAddress 191 128
                ipa 243 204 in-place
                fetchAddress 243 195 in-place
                """);
    }

    @Test
    void theEventNumbersAreThoseOfTheArchitecture() {
        String numbers = IntStream.range(0, 256)
                .filter(code -> EventType.of(code).isPresent())
                .mapToObj("%02x"::formatted)
                .collect(Collectors.joining(" "));

        assertEquals("01 02 03 04 05 06 07 08 09 0a 0b 10 11 12 13 20 21 24 25", numbers);
    }
}
