package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** T0SZ = 25 and T1SZ = 30: the lower half has 39 bits, the upper half 34. */
class InputRangeTests {
    private static final String NO = "F_TRANSLATION IN";

    private final Machine machine = new Machine("E0PD=1");

    /** TT0 maps its lowest page to 0x4000 and its highest to 0x5000, TT1 its lowest to 0x6000 and its highest to 0x7000. */
    private Cd bothHalves() {
        PageTable lower = PageTable.stage1(machine.host, Granule.KB4, 39)
                .map(0, 0x4000, 3, Stage1Bits.READ_WRITE)
                .map(0x7F_FFFF_F000L, 0x5000, 3, Stage1Bits.READ_WRITE);
        PageTable upper = PageTable.stage1(machine.host, Granule.KB4, 34)
                .map(0, 0x6000, 3, Stage1Bits.READ_WRITE)
                .map(0x3_FFFF_F000L, 0x7000, 3, Stage1Bits.READ_WRITE);
        return Cd.of(lower).tt1(upper);
    }

    private String read(UnaryOperator<Cd> change, String address) {
        machine.stage1(change.apply(bothHalves()));
        return machine.read(Long.parseUnsignedLong(address, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000ABC, 0x4abc", "0000007FFFFFFABC, 0x5abc", "0000008000000000, F_TRANSLATION IN",
        "FFFFFFFFFFFFFABC, 0x7abc", "FFFFFFFC00000ABC, 0x6abc", "FFFFFFFBFFFFFFFF, F_TRANSLATION IN",
        "0100000000000ABC, F_TRANSLATION IN", "8000000000000ABC, F_TRANSLATION IN",
                "FEFFFFFFFFFFFABC, F_TRANSLATION IN",
        "7FFFFFFFFFFFFABC, F_TRANSLATION IN", "0080000000000ABC, F_TRANSLATION IN",
                "FF7FFFFFFFFFFABC, F_TRANSLATION IN",
    })
    @Rule("A-ADR-02")
    @Rule("A-ADR-03")
    @Rule("A-ADR-04")
    void tableIsSelectedByAllCheckedBits(String address, String outcome) {
        assertEquals(outcome, read(cd -> cd, address));
    }

    /** Every single bit between the range and the top makes the address belong to neither half. */
    @Test
    @Rule("A-ADR-02")
    @Rule("A-ADR-03")
    @Rule("A-ADR-04")
    void eachCheckedBitAloneTakesTheAddressOutOfItsHalf() {
        machine.stage1(bothHalves());
        for (int bit = 39; bit < 64; bit++) {
            assertEquals(NO, machine.read(0xABC | 1L << bit), "bit " + bit);
        }
        for (int bit = 34; bit < 64; bit++) {
            assertEquals(NO, machine.read(0xFFFF_FFFF_FFFF_FABCL & ~(1L << bit)), "bit " + bit);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, A500000000000ABC, 0x4abc",
        "true, false, A50000FFFFFFFABC, F_TRANSLATION IN",
        "true, false, 5AFFFFFFFFFFFABC, F_TRANSLATION IN",
        "true, false, FFFFFFFFFFFFFABC, 0x7abc",
        "true, false, A580000000000ABC, F_TRANSLATION IN",
        "false, true, 5AFFFFFFFFFFFABC, 0x7abc",
        "false, true, 00FFFFFC00000ABC, 0x6abc",
        "false, true, A500000000000ABC, F_TRANSLATION IN",
        "false, true, 0000000000000ABC, 0x4abc",
        "false, true, 5A7FFFFFFFFFFABC, F_TRANSLATION IN",
        "true, true, 5AFFFFFFFFFFFABC, 0x7abc",
        "true, true, FF00007FFFFFFABC, 0x5abc",
    })
    @Rule("A-ADR-01")
    void topByteIsIgnoredOnlyInTheHalfThatBit55Selects(boolean tbi0, boolean tbi1, String address, String outcome) {
        assertEquals(outcome, read(cd -> cd.tbi0(tbi0).tbi1(tbi1), address));
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, 0000000000000ABC, F_TRANSLATION IN",
        "true, false, FFFFFFFFFFFFFABC, 0x7abc",
        "false, true, 0000000000000ABC, 0x4abc",
        "false, true, FFFFFFFFFFFFFABC, F_TRANSLATION IN",
        "true, true, 0000000000000ABC, F_TRANSLATION IN",
        "true, true, FFFFFFFFFFFFFABC, F_TRANSLATION IN",
        "true, false, 0000008000000000, F_TRANSLATION IN",
        "false, true, FFFFFFFBFFFFFFFF, F_TRANSLATION IN"
    })
    @Rule("A-ADR-05")
    @Rule("A-ADR-09")
    void disabledTableFaultsWithoutATableAccess(boolean epd0, boolean epd1, String address, String outcome) {
        assertEquals(outcome, read(cd -> disable(cd, epd0, epd1), address));
    }

    private static Cd disable(Cd cd, boolean epd0, boolean epd1) {
        Cd first = epd0 ? cd.epd0(true).ttb0(Machine.HOLE) : cd;
        return epd1 ? first.epd1(true).ttb1(Machine.HOLE) : first;
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0000000000000ABC, 0x4abc",
        "false, 0000007FFFFFFABC, 0x5abc",
        "false, 0000008000000ABC, F_TRANSLATION IN",
        "false, FFFFFFFFFFFFFABC, F_TRANSLATION IN",
        "false, 1200000000000ABC, F_TRANSLATION IN",
        "true, 1200000000000ABC, 0x4abc",
        "true, FFFFFFFFFFFFFABC, F_TRANSLATION IN",
        "true, 1280000000000ABC, F_TRANSLATION IN",
        "true, 0000008000000ABC, F_TRANSLATION IN",
    })
    @Rule("A-ADR-06")
    @Rule("A-RGM-02")
    void el2HasOneTableForAddressesWithoutHighBits(boolean tbi0, String address, String outcome) {
        Cd cd = bothHalves().epd0(true).tbi0(tbi0).tbi1(true);
        machine.ste(Ste.stage1(LinearCdTable.single(machine.host, cd)).strw(2));
        assertEquals(outcome, machine.read(Long.parseUnsignedLong(address, 16)));
    }

    @Test
    @Rule("A-RGM-03")
    @Rule("A-RGM-07")
    void el2HasTwoTablesUnderE2h() {
        machine.cr2(1)
                .ste(Ste.stage1(LinearCdTable.single(machine.host, bothHalves()))
                        .strw(2));
        assertEquals("0x4abc", machine.read(0xABC));
        assertEquals("0x7abc", machine.read(0xFFFF_FFFF_FFFF_FABCL));
        machine.cr2(0);
        assertEquals(NO, machine.read(0xFFFF_FFFF_FFFF_FABCL));
    }

    /** E0PD0, E0PD1, and what unprivileged and privileged reads of the lower and the upper half get. */
    @ParameterizedTest
    @CsvSource({
        "false, false, true, true",
        "true, false, false, true",
        "false, true, true, false",
        "true, true, false, false",
    })
    @Rule("A-ADR-07")
    void unprivilegedAccessesAreBarredFromTheTablesThatE0pdNames(
            boolean e0pd0, boolean e0pd1, boolean low, boolean high) {
        for (int strw : new int[] {0, 2}) {
            Cd cd = bothHalves().e0pd0(e0pd0).e0pd1(e0pd1);
            machine.cr2(1)
                    .ste(Ste.stage1(LinearCdTable.single(machine.host, cd)).strw(strw));
            Transaction lower = Transaction.read(Machine.STREAM, 0xABC);
            Transaction upper = lower.withAddress(0xFFFF_FFFF_FFFF_FABCL);
            assertEquals(low ? "0x4abc" : NO, machine.outcome(lower));
            assertEquals(high ? "0x7abc" : NO, machine.outcome(upper));
            assertEquals("0x4abc", machine.outcome(lower.withPrivilege(true, false)));
            assertEquals("0x7abc", machine.outcome(upper.withPrivilege(true, false)));
        }
    }

    @Test
    @Rule("A-ADR-07")
    void barringFollowsThePrivilegeAfterTheOverrideAndSparesEl2() {
        Cd cd = bothHalves().e0pd0(true);
        Ste ste = Ste.stage1(LinearCdTable.single(machine.host, cd));
        machine.ste(ste.privcfg(3));
        assertEquals("0x4abc", machine.read(0xABC));
        machine.ste(ste.strw(2));
        assertEquals("0x4abc", machine.read(0xABC));
    }

    @Test
    @Rule("A-ADR-08")
    void topByteCountsWhereStage1IsBypassed() {
        PageTable stage2 = machine.guestStage2().map(0, 0x4000, 3, Stage2Bits.READ_WRITE);
        LinearCdTable table = new LinearCdTable(machine.guest, 2);
        table.put(0, bothHalves().tbi0(true));
        machine.ste(Ste.nested(table, stage2).s1dss(1));
        assertEquals("0x4abc", machine.read(0xABC));
        assertEquals("F_ADDR_SIZE IN", machine.read(0xA500_0000_0000_0ABCL));
    }

    /** IAS against the range of S2T0SZ: between the two it is a translation fault of stage 2. */
    @ParameterizedTest
    @CsvSource({
        "OAS=5, 0000007FFFFFFABC, 0x4abc", "OAS=5, 0000008000000ABC, F_TRANSLATION S2 IN ipa=0x8000000000",
        "OAS=5, 0000FFFFFFFFFABC, F_TRANSLATION S2 IN ipa=0xfffffffff000", "OAS=5, 0001000000000ABC, F_ADDR_SIZE IN",
        "OAS=5, 8000000000000ABC, F_ADDR_SIZE IN", "OAS=2, 000000FFFFFFFABC, F_TRANSLATION S2 IN ipa=0xfffffff000",
        "OAS=2, 0000010000000ABC, F_ADDR_SIZE IN", "OAS=6, 000FFFFFFFFFFABC, F_TRANSLATION S2 IN ipa=0xffffffffff000",
        "OAS=6, 0010000000000ABC, F_ADDR_SIZE IN",
    })
    @Rule("A-ADR-10")
    @Rule("A-ADR-12")
    void inputOfStage2IsLimitedByIasAndThenByItsOwnRange(String ids, String address, String outcome) {
        Machine sized = new Machine(ids);
        PageTable stage2 = sized.guestStage2().map(0x7F_FFFF_F000L, 0x4000, 3, Stage2Bits.READ_WRITE);
        LinearCdTable table = new LinearCdTable(sized.guest, 2);
        for (Ste ste : new Ste[] {Ste.stage2(stage2), Ste.nested(table, stage2).s1dss(1)}) {
            sized.ste(ste);
            assertEquals(outcome, sized.read(Long.parseUnsignedLong(address, 16)));
        }
    }

    @ParameterizedTest
    @CsvSource({"OAS=0, 32", "OAS=3, 42", "OAS=5, 48", "OAS=6, 52"})
    @Rule("A-ADR-10")
    @Rule("A-ADR-13")
    @Rule("A-BYP-01")
    @Rule("A-BYP-03")
    void bypassPassesAddressesBelowTheAddressSize(String ids, int bits) {
        Machine sized = new Machine(ids);
        LinearCdTable table = new LinearCdTable(sized.host, 2);
        for (Ste ste : new Ste[] {Ste.bypass(), Ste.stage1(table).s1dss(1)}) {
            sized.ste(ste);
            long last = (1L << bits) - 1;
            assertEquals("0x" + Long.toHexString(last), sized.read(last));
            assertEquals("F_ADDR_SIZE IN", sized.read(last + 1));
            assertEquals("F_ADDR_SIZE IN", sized.write(-1L));
        }
    }

    @Test
    @Rule("A-ADR-10")
    @Rule("A-ADR-13")
    void intermediateSizeIsAtLeast40BitsWithAarch32Tables() {
        Machine small = new Machine("OAS=1 TTF=3");
        PageTable stage2 =
                PageTable.stage2(small.host, Granule.KB4, 40, 1).map(0xFF_FFFF_F000L, 0x4000, 3, Stage2Bits.READ_WRITE);
        small.ste(Ste.stage2(stage2));
        assertEquals("0x4abc", small.read(0xFF_FFFF_FABCL));
        assertEquals("F_ADDR_SIZE IN", small.read(0x100_0000_0ABCL));
        small.ste(Ste.bypass());
        assertEquals("0xfffffffff", small.read(0xF_FFFF_FFFFL));
        assertEquals("F_ADDR_SIZE IN", small.read(0x10_0000_0000L));
    }

    @Test
    @Rule("A-ADR-04")
    void ruleThatDecidedIsNamed() {
        machine.stage1(bothHalves().e0pd1(true));
        machine.read(0x80_0000_0000L);
        machine.read(0xFFFF_FFFF_FFFF_F000L);
        machine.stage1(bothHalves().epd0(true));
        machine.read(0);
        assertEquals("[A-ADR-04, A-ADR-07, A-ADR-05]", machine.decided.toString());
        assertEquals(RuleId.of("A-ADR-05"), machine.decided.get(2));
    }

    @Test
    @Rule("A-ADR-10")
    @Rule("A-ADR-13")
    void inputThatIsTooWideIsRefusedByTheRuleOfTheSizeThatItExceeds() {
        machine.ste(Ste.bypass());
        machine.read(1L << 48);
        machine.ste(Ste.stage2(machine.guestStage2()));
        machine.read(1L << 48);
        assertEquals("[A-ADR-13, A-ADR-10]", machine.decided.toString());
    }

    @Test
    @Rule("A-ADR-20")
    void unalignedAddressesKeepAllTheirOffsetBits() {
        machine.stage1(bothHalves());
        assertEquals("0x4fff", machine.read(0xFFF));
        assertEquals("0x4001", machine.read(1));
    }
}
