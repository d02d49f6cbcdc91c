package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContextDescriptorLayoutTests {

    @Test
    void everyBitIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(ContextDescriptor.LAYOUT, """
                T0SZ 5 0
                TG0 7 6
                IR0 9 8
                OR0 11 10
                SH0 13 12
                EPD0 14 14
                ENDI 15 15
                T1SZ 21 16
                TG1 23 22
                IR1 25 24
                OR1 27 26
                SH1 29 28
                EPD1 30 30
                V 31 31
                IPS 34 32
                AFFD 35 35
                WXN 36 36
                UWXN 37 37
                TBI0 38 38
                TBI1 39 39
                PAN 40 40
                AA64 41 41
                HD 42 42
                HA 43 43
                S 44 44
                R 45 45
                A 46 46
                ASET 47 47
                ASID 63 48
                NSCFG0 64 64
                HAD0 65 65
                E0PD0 66 66
                TTB0 115 68
                HWU0 127 124
                NSCFG1 128 128
                HAD1 129 129
                E0PD1 130 130
                TTB1 179 132
                HWU1 191 188
                MAIR 255 192
                AMAIR 319 256
                PARTID 335 320
                PMG 343 336
                """);
    }

    @Test
    void everyBitIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(ContextDescriptor.class, 64, ContextDescriptorLayoutTests::decode, Set.of(), """
                t0sz 5 0
                tg0 7 6
                ir0 9 8
                or0 11 10
                sh0 13 12
                epd0 14 14
                endi 15 15
                t1sz 21 16
                tg1 23 22
                ir1 25 24
                or1 27 26
                sh1 29 28
                epd1 30 30
                v 31 31
                ips 34 32
                affd 35 35
                wxn 36 36
                uwxn 37 37
                tbi0 38 38
                tbi1 39 39
                pan 40 40
                aa64 41 41
                hd 42 42
                ha 43 43
                s 44 44
                r 45 45
                a 46 46
                aset 47 47
                asid 63 48
                had0 65 65
                e0pd0 66 66
                ttb0 115 68 in-place
                had1 129 129
                e0pd1 130 130
                ttb1 179 132 in-place
                mair 255 192
                """);
    }

    @Test
    void aDescriptorWrittenForAnotherSmmuIsRead() {
        ContextDescriptor cd = decode(HexFormat.of().parseHex("500000c0046205000040004101000000" + "00".repeat(48)));

        assertAll(
                () -> assertTrue(cd.v() && cd.aa64() && cd.r() && cd.a() && cd.epd1()),
                () -> assertFalse(cd.s() || cd.ha() || cd.hd() || cd.epd0() || cd.endi() || cd.aset() || cd.affd()),
                () -> assertEquals(16, cd.t0sz()),
                () -> assertEquals(1, cd.tg0()),
                () -> assertEquals(4, cd.ips()),
                () -> assertEquals(5, cd.asid()),
                () -> assertEquals(0x1_4100_4000L, cd.ttb0()));
    }

    private static ContextDescriptor decode(byte[] bytes) {
        return new ContextDescriptor(Line.of(i -> BitWalk.doubleword(bytes, i)));
    }
}
