package org.nestor.smmu.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

class CommandLegalityTests {
    private static final IdRegisters FULL = Profile.FULL.idRegisters();
    private static final int TERMINATE_ONLY = 1 << 24;
    private static final int RIL = 1 << 10;

    private static boolean legal(IdRegisters ids, long dw0, long dw1) {
        CommandRecord record = new CommandRecord(dw0, dw1);
        return record.command()
                .map(opcode -> new CommandLegality(ids, RuleLog.NONE).legal(opcode, record))
                .orElse(false);
    }

    private static boolean legal(long dw0, long dw1) {
        return legal(FULL, dw0, dw1);
    }

    private static IdRegisters without(int idr0) {
        return new IdRegisters(FULL.idr0() & ~idr0, FULL.idr1(), 0, FULL.idr3(), 0, FULL.idr5(), 0, 2);
    }

    private static void assertNeeds(int idr0, int... opcodes) {
        for (int opcode : opcodes) {
            assertTrue(legal(opcode, 0), Integer.toHexString(opcode));
            assertFalse(legal(without(idr0), opcode, 0), Integer.toHexString(opcode));
        }
    }

    @Test
    @Rule("A-CER-07")
    @Rule("A-CER-12")
    @Rule("A-CER-16")
    @Rule("A-CMQ-19")
    void onlyTheseOpcodesAreLegal() {
        StringBuilder legal = new StringBuilder();
        for (int opcode = 0; opcode < 0x100; opcode++) {
            if (legal(opcode, 0)) {
                legal.append(Integer.toHexString(opcode)).append(' ');
            }
        }
        assertEquals("1 2 3 4 5 6 10 11 12 13 20 21 22 23 28 2a 30 40 41 44 45 46 ", legal.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x44, 0x45})
    @Rule("A-CER-08")
    void secureStreamsBelongToTheSecureQueue(int opcode) {
        assertTrue(legal(opcode, 0));
        assertFalse(legal(opcode | 1 << 10, 0));
    }

    @Test
    @Rule("A-CER-08")
    @Rule("A-CMQ-15")
    void reservedBitsAreIgnored() {
        assertTrue(legal(0x30 | 1 << 10, 0));
        assertTrue(legal(0x46 | 1 << 10 | 0x3E << 14, 1L << 63));
        assertTrue(legal(0xFFFF_FFFF_FFFF_FF10L, -1L));
    }

    @Test
    @Rule("A-CER-09")
    @Rule("A-CER-17")
    void stage1CommandsNeedStage1() {
        assertNeeds(1 << 1, 0x10, 0x11, 0x12, 0x13, 0x05, 0x06);
    }

    @Test
    @Rule("A-CER-10")
    void stage2CommandsNeedStage2() {
        assertNeeds(1, 0x28, 0x2A);
    }

    @Test
    @Rule("A-CER-11")
    void el2CommandsNeedHyp() {
        assertNeeds(1 << 9, 0x20, 0x21, 0x22, 0x23);
    }

    @Test
    @Rule("A-CER-13")
    void commandsForEndpointsNeedAtsAndPri() {
        assertNeeds(1 << 10, 0x40);
        assertNeeds(1 << 16, 0x41);
    }

    @Test
    @Rule("A-CER-14")
    void stallCommandsNeedStalls() {
        IdRegisters terminating =
                new IdRegisters(FULL.idr0() | TERMINATE_ONLY, FULL.idr1(), 0, FULL.idr3(), 0, FULL.idr5(), 0, 2);
        assertFalse(legal(terminating, 0x44, 0));
        assertFalse(legal(terminating, 0x45, 0));
    }

    @Test
    @Rule("A-CER-16")
    void streamTableInvalidationAndNsnhAllAreLegalWhateverIsImplemented() {
        IdRegisters nothing = new IdRegisters(0, 0, 0, 0, 0, 0, 0, 0);
        assertTrue(legal(nothing, 0x03, 0));
        assertTrue(legal(nothing, 0x04, 31));
        assertTrue(legal(nothing, 0x30, 0));
        assertTrue(legal(nothing, 0x46, 0));
    }

    @Test
    @Rule("A-CER-15")
    void reservedOperandsAreIllegal() {
        assertTrue(legal(0x46 | 2 << 12, 0));
        assertFalse(legal(0x46 | 3 << 12, 0));
        assertTrue(legal(0x41, 2 << 12));
        assertFalse(legal(0x41, 3 << 12));
    }

    @Test
    void spanOfAnAtcInvalidationEndsAt52() {
        assertTrue(legal(0x40, 52));
        assertFalse(legal(0x40, 53));
    }

    /** TG in DW1[11:10], TTL in [9:8]; NUM in DW0[16:12], SCALE in [24:20]. */
    @ParameterizedTest
    @CsvSource({
        "0,0,0,0,true", "1,0,0,0,false", "2,0,0,0,false", "3,0,0,0,false",
        "1,3,0,0,true", "1,0,1,0,true", "1,0,0,1,true", "1,1,0,0,true",
        "2,1,0,0,false", "2,1,1,0,true", "2,2,0,0,true", "3,1,0,0,true"
    })
    @Rule("A-CER-18")
    void rangeOfOneGranuleNeedsALevel(int tg, int ttl, int num, int scale, boolean legal) {
        for (int opcode : new int[] {0x12, 0x13, 0x22, 0x23, 0x2A}) {
            assertEquals(legal, legal(opcode | num << 12 | scale << 20, tg << 10 | ttl << 8));
        }
    }

    @Test
    @Rule("A-CER-18")
    void withoutTheFeatureRangeFieldsAreIgnored() {
        IdRegisters plain = new IdRegisters(FULL.idr0(), FULL.idr1(), 0, FULL.idr3() & ~RIL, 0, FULL.idr5(), 0, 2);
        assertTrue(legal(plain, 0x12, 1 << 10));
    }

    @Test
    void everyOpcodeHasAVerdict() {
        CommandLegality legality = new CommandLegality(FULL, RuleLog.NONE);
        for (CommandOpcode opcode : CommandOpcode.values()) {
            CommandRecord record = new CommandRecord(opcode.code(), 0);
            assertEquals(legal(opcode.code(), 0), legality.legal(opcode, record), opcode.name());
        }
    }
}
