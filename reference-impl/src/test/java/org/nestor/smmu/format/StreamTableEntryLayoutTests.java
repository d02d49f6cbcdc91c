package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamTableEntryLayoutTests {

    @Test
    void everyBitIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(StreamTableEntry.LAYOUT, """
                V 0 0
                Config 3 1
                S1Fmt 5 4
                S1ContextPtr 51 6
                S1CDMax 63 59
                S1DSS 65 64
                S1CIR 67 66
                S1COR 69 68
                S1CSH 71 70
                S2HWU 75 72
                DRE 76 76
                CONT 80 77
                DCP 81 81
                PPAR 82 82
                MEV 83 83
                SW_RESERVED 87 84
                S2FWB 89 89
                S1MPAM 90 90
                S1STALLD 91 91
                EATS 93 92
                STRW 95 94
                MemAttr 99 96
                MTCFG 100 100
                ALLOCCFG 104 101
                SHCFG 109 108
                NSCFG 111 110
                PRIVCFG 113 112
                INSTCFG 115 114
                IMPDEF1 127 116
                S2VMID 143 128
                IMPDEF2 159 144
                S2T0SZ 165 160
                S2SL0 167 166
                S2IR0 169 168
                S2OR0 171 170
                S2SH0 173 172
                S2TG 175 174
                S2PS 178 176
                S2AA64 179 179
                S2ENDI 180 180
                S2AFFD 181 181
                S2PTW 182 182
                S2HD 183 183
                S2HA 184 184
                S2S 185 185
                S2R 186 186
                S2NSW 192 192
                S2NSA 193 193
                S2TTB 243 196
                IMPDEF4 271 256
                PARTID 287 272
                S_S2T0SZ 293 288
                S_S2SL0 295 294
                S_S2TG 303 302
                PMG 327 320
                VMSPtr 371 332
                S2SW 384 384
                S2SA 385 385
                S_S2TTB 435 388
                """);
    }

    @Test
    void everyBitIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(
                StreamTableEntry.class,
                64,
                StreamTableEntryLayoutTests::decode,
                Set.of("aborts", "stage1Enabled", "stage2Enabled"),
                """
                v 0 0
                config 3 1
                s1Fmt 5 4
                s1ContextPtr 51 6 in-place
                s1CdMax 63 59
                s1dss 65 64
                s1cir 67 66
                s1cor 69 68
                s1csh 71 70
                dre 76 76
                cont 80 77
                ppar 82 82
                mev 83 83
                s2fwb 89 89
                s1stalld 91 91
                eats 93 92
                strw 95 94
                memAttr 99 96
                mtcfg 100 100
                alloccfg 104 101
                shcfg 109 108
                privcfg 113 112
                instcfg 115 114
                s2vmid 143 128
                s2t0sz 165 160
                s2sl0 167 166
                s2ir0 169 168
                s2or0 171 170
                s2sh0 173 172
                s2tg 175 174
                s2ps 178 176
                s2aa64 179 179
                s2endi 180 180
                s2affd 181 181
                s2ptw 182 182
                s2hd 183 183
                s2ha 184 184
                s2s 185 185
                s2r 186 186
                s2ttb 243 196 in-place
                """);
    }

    @Test
    void configChoosesTheStages() {
        String stages = "";
        for (int config = 0; config < 8; config++) {
            byte[] bytes = new byte[64];
            bytes[0] = (byte) (config << 1);
            StreamTableEntry ste = decode(bytes);
            stages += (ste.aborts() ? "a" : "-")
                    + (ste.stage1Enabled() ? "1" : "-")
                    + (ste.stage2Enabled() ? "2 " : "- ");
        }

        assertEquals("a-- a-- a-- a-- --- -1- --2 -12 ", stages);
    }

    @Test
    void anEntryWrittenForAnotherSmmuIsRead() {
        StreamTableEntry ste = decode(HexFormat.of()
                .parseHex("0f800041010000000000000000000000" + "0700000059000c040000004100000000" + "00".repeat(32)));

        assertAll(
                () -> assertTrue(ste.v()),
                () -> assertEquals(0b111, ste.config()),
                () -> assertEquals(0x1_4100_8000L, ste.s1ContextPtr()),
                () -> assertEquals(0, ste.s1CdMax()),
                () -> assertEquals(7, ste.s2vmid()),
                () -> assertEquals(25, ste.s2t0sz()),
                () -> assertEquals(1, ste.s2sl0()),
                () -> assertEquals(0, ste.s2tg()),
                () -> assertEquals(4, ste.s2ps()),
                () -> assertTrue(ste.s2aa64() && ste.s2r()),
                () -> assertFalse(ste.s2s() || ste.s2ha() || ste.s2hd() || ste.s2ptw() || ste.s2affd() || ste.s2endi()),
                () -> assertEquals(0x4100_0000L, ste.s2ttb()));
    }

    private static StreamTableEntry decode(byte[] bytes) {
        return new StreamTableEntry(Line.of(i -> BitWalk.doubleword(bytes, i)));
    }
}
