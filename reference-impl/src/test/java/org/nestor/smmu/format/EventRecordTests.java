package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;

class EventRecordTests {

    /** F_TRANSLATION of stage 1, a read of stream 0x10, as an independent SMMU recorded it. */
    private static final String STAGE_1_TRANSLATION_FAULT =
            "1000000010000000" + "0000000008020000" + "5874563412000000" + "0000000000000000";

    @Test
    void aFaultRecordOfAnotherSmmuIsRead() {
        EventRecord event = EventRecord.fromBytes(HexFormat.of().parseHex(STAGE_1_TRANSLATION_FAULT));

        assertEquals(EventType.F_TRANSLATION, event.type().orElseThrow());
        assertEquals(0x10, event.streamId());
        assertEquals(2, event.faultClass());
        assertEquals(0x12_3456_7458L, event.inputAddress());
        assertTrue(event.rnw());
        assertFalse(event.s2() || event.stall() || event.pnu() || event.ind());
        assertEquals(STAGE_1_TRANSLATION_FAULT, HexFormat.of().formatHex(event.toBytes()));
    }

    @Test
    void aComposedRecordHasItsBytesWhereTheArchitecturePutsThem() {
        EventRecord event = EventRecord.of(EventType.F_PERMISSION)
                .with("StreamID", 0x11223344)
                .with("SSV", true)
                .with("SubstreamID", 0xABCDE)
                .with("STAG", 0x5566)
                .with("Stall", true)
                .with("PnU", true)
                .with("RnW", true)
                .with("S2", true)
                .with("CLASS", 1)
                .with("TTRnW", true)
                .with("InputAddr", 0xFEDC_BA98_7654_3210L)
                .withAddress("IPA", 0xFFF0_1234_5678_9ABCL);

        assertArrayEquals(
                HexFormat.of()
                        .parseHex("13e8cdab44332211" + "665500808a110000" + "1032547698badcfe" + "0090785634120000"),
                event.toBytes());
    }

    @Test
    @Rule("A-FLT-17")
    void aRecordRefusesFieldsThatItsTypeDoesNotHave() {
        assertThrows(
                IllegalArgumentException.class,
                () -> EventRecord.of(EventType.C_BAD_SUBSTREAMID).with("SSV", true));
        assertThrows(
                IllegalArgumentException.class,
                () -> EventRecord.of(EventType.F_STREAM_DISABLED).with("SubstreamID", 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> EventRecord.of(EventType.F_CD_FETCH).with("FetchAddress", 1));
    }
}
