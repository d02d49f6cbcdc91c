package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TwoLevelCdTable;

/** Both stages: a guest whose input 0x1000 is IPA 0x5000 is physical 0x9000. */
class NestedTests {
    private static final long PAGE = 0x1000;

    private final Machine machine = new Machine("SSIDSIZE=20");
    private final PageTable stage2 = machine.guestStage2();
    private final PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 48);
    private final LinearCdTable contexts = new LinearCdTable(machine.guest, 0);

    @BeforeEach
    void translateOnePage() {
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        stage2.map(0x5000, 0x9000, 3, Stage2Bits.READ_WRITE);
        contexts.put(0, Cd.of(stage1));
        machine.ste(nested());
    }

    private Ste nested() {
        return Ste.nested(contexts, stage2);
    }

    private long ipaOfDescriptor(int level) {
        return Machine.ipaOf(stage1.descriptorAddress(PAGE, level));
    }

    /** Replaces the attributes under which stage 2 maps the guest page at an IPA. */
    private void remap(long ipa, long attributes) {
        long page = ipa & -4096;
        stage2.map(page, page - Machine.GUEST_OFFSET, 3, attributes);
    }

    private static String page(long ipa) {
        return "ipa=0x" + Long.toHexString(ipa & -4096);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Rule("A-NST-01")
    @Rule("A-NST-02")
    @Rule("A-FLT-05")
    void everyStage1DescriptorIsReadThroughStage2(int level) {
        assertEquals("0x9000", machine.read(PAGE));
        stage2.poke(ipaOfDescriptor(level), 3, 0);
        assertEquals("F_TRANSLATION S2 TT " + page(ipaOfDescriptor(level)), machine.read(PAGE));
        remap(ipaOfDescriptor(level), Stage2Bits.s2ap(3));
        assertEquals("F_ACCESS S2 TT " + page(ipaOfDescriptor(level)), machine.write(PAGE));
        remap(ipaOfDescriptor(level), Stage2Bits.AF | Stage2Bits.s2ap(2));
        assertEquals("F_PERMISSION S2 TT " + page(ipaOfDescriptor(level)), machine.write(PAGE));
        stage2.poke(ipaOfDescriptor(level), 3, 1L << 47 | Stage2Bits.READ_WRITE | 3);
        machine.ste(nested().s2ps(4));
        assertEquals("F_ADDR_SIZE S2 TT " + page(ipaOfDescriptor(level)), machine.read(PAGE));
    }

    /** A 64 KiB table over 4 KiB pages of stage 2: the page that holds the descriptor is reported, not the first one. */
    @Test
    @Rule("A-NST-03")
    void pageOfTheDescriptorItselfIsReported() {
        PageTable large = PageTable.stage1(machine.guest, Granule.KB64, 42)
                .map(0x3_3333_0000L, 0x1_0000, 3, Stage1Bits.READ_WRITE);
        contexts.put(0, Cd.of(large));
        long ipa = Machine.ipaOf(large.descriptorAddress(0x3_3333_0000L, 3));
        assertEquals(0x9000, ipa & 0xF000);
        stage2.map(0x1_0000, 0x2_0000, 3, Stage2Bits.READ_WRITE);
        assertEquals("0x20abc", machine.read(0x3_3333_0ABCL));
        stage2.poke(ipa, 3, 0);
        assertEquals("F_TRANSLATION S2 TT " + page(ipa), machine.read(0x3_3333_0ABCL));
        remap(ipa, Stage2Bits.READ_WRITE);
        stage2.poke(ipa - 0x9000, 3, 0);
        assertEquals("0x20abc", machine.read(0x3_3333_0ABCL));
    }

    @Test
    @Rule("A-NST-04")
    @Rule("A-NST-12")
    @Rule("A-ADR-12")
    void faultOfTheOutputIsReportedWithTheOutputIpa() {
        stage2.poke(0x5000, 3, 0);
        assertEquals("F_TRANSLATION S2 IN ipa=0x5000", machine.read(0x1ABC));
        stage1.map(PAGE, 0x80_0000_0000L, 3, Stage1Bits.READ_WRITE);
        assertEquals("F_TRANSLATION S2 IN ipa=0x8000000000", machine.read(PAGE));
    }

    @Test
    @Rule("A-NST-12")
    @Rule("A-ADR-14")
    @Rule("A-FLT-06")
    void effectiveIpsLimitsIntermediateAddressesBeforeStage2Does() {
        contexts.put(0, Cd.of(stage1).ips(2));
        stage1.map(PAGE, 0x7F_FFFF_F000L, 3, Stage1Bits.READ_WRITE);
        assertEquals("F_TRANSLATION S2 IN ipa=0x7ffffff000", machine.read(PAGE));
        stage1.map(PAGE, 0xFF_FFFF_F000L, 3, Stage1Bits.READ_WRITE);
        assertEquals("F_TRANSLATION S2 IN ipa=0xfffffff000", machine.read(PAGE));
        stage1.map(PAGE, 0x100_0000_0000L, 3, Stage1Bits.READ_WRITE);
        assertEquals("F_ADDR_SIZE IN", machine.read(PAGE));
    }

    /** A table whose IPA is beyond the range of stage 2. */
    @Test
    @Rule("A-ADR-12")
    void tableBeyondTheRangeOfStage2IsATranslationFaultOfItsAccess() {
        stage1.poke(PAGE, 1, 0x80_0000_0000L | 3);
        assertEquals("F_TRANSLATION S2 TT ipa=0x8000000000", machine.read(PAGE));
        contexts.put(0, Cd.of(stage1).ttb0(0x90_0000_0000L));
        assertEquals("F_TRANSLATION S2 TT ipa=0x9000000000", machine.read(PAGE));
        machine.ste(nested().s1ContextPtr(0xA0_0000_0000L));
        assertEquals("F_TRANSLATION S2 CD ipa=0xa000000000", machine.read(PAGE));
    }

    @Test
    @Rule("A-NST-05")
    @Rule("A-FLT-23")
    void faultsOfTablesAndCdsDescribeTheClient() {
        Transaction fetch = Transaction.read(Machine.STREAM, PAGE).withPrivilege(false, true);
        stage2.poke(ipaOfDescriptor(2), 3, 0);
        assertClient(false, true, machine.refused(fetch));
        assertClient(false, false, machine.refused(Transaction.write(Machine.STREAM, PAGE)));
        remap(ipaOfDescriptor(2), Stage2Bits.READ_WRITE);
        stage2.poke(contexts.s1ContextPtr(), 3, 0);
        assertClient(false, true, machine.refused(fetch));
        machine.ste(nested().privcfg(3).instcfg(2));
        assertClient(true, false, machine.refused(fetch));
    }

    private static void assertClient(boolean privileged, boolean instruction, Refused refused) {
        assertEquals(List.of(privileged, instruction), List.of(refused.privileged(), refused.instruction()));
    }

    @Test
    @Rule("A-NST-06")
    @Rule("A-CDF-08")
    @Rule("A-PRM-20")
    void tablesAndCdsNeedNothingButReadPermission() {
        long readOnly = Stage2Bits.AF | Stage2Bits.s2ap(1) | Stage2Bits.xn(2) | Stage2Bits.memAttr(15);
        IntStream.range(0, (int) (Machine.GUEST_SIZE >> 12))
                .forEach(page -> remap(Machine.ipaOf(Machine.GUEST_BASE) + page * 4096L, readOnly));
        assertEquals("0x9000", machine.write(PAGE));
        assertEquals(
                "0x9000", machine.outcome(Transaction.read(Machine.STREAM, PAGE).withPrivilege(false, true)));
        remap(contexts.s1ContextPtr(), Stage2Bits.AF | Stage2Bits.s2ap(2));
        assertEquals("F_PERMISSION S2 CD " + page(contexts.s1ContextPtr()), machine.write(PAGE));
    }

    /** MemAttr of the page, S2FWB, and whether S2PTW keeps tables and CDs out of it. */
    @ParameterizedTest
    @CsvSource({
        "0, false, true",
        "1, false, true",
        "2, false, true",
        "3, false, true",
        "5, false, false",
        "15, false, false",
        "0, true, true",
        "3, true, true",
        "5, true, false",
        "6, true, false",
        "7, true, false",
    })
    @Rule("A-NST-07")
    @Rule("A-NST-09")
    @Rule("A-CDF-09")
    @Rule("A-PRM-25")
    void protectedWalkDoesNotReadFromDeviceMemory(int memAttr, boolean fwb, boolean device) {
        long attributes = Stage2Bits.AF | Stage2Bits.s2ap(3) | Stage2Bits.memAttr(memAttr);
        machine.ste(nested().s2ptw(true).s2fwb(fwb));
        for (int level = 0; level <= 3; level++) {
            remap(ipaOfDescriptor(level), attributes);
            String fault = "F_PERMISSION S2 TT " + page(ipaOfDescriptor(level));
            assertEquals(device ? fault : "0x9000", machine.read(PAGE));
            remap(ipaOfDescriptor(level), Stage2Bits.READ_WRITE);
        }
        remap(contexts.s1ContextPtr(), attributes);
        String fault = "F_PERMISSION S2 CD " + page(contexts.s1ContextPtr());
        assertEquals(device ? fault : "0x9000", machine.read(PAGE));
        machine.ste(nested().s2ptw(false).s2fwb(fwb));
        remap(ipaOfDescriptor(3), attributes);
        assertEquals("0x9000", machine.read(PAGE));
    }

    @Test
    @Rule("A-NST-08")
    void protectionIsForTablesAndNotForData() {
        stage2.map(0x5000, 0x9000, 3, Stage2Bits.AF | Stage2Bits.s2ap(3) | Stage2Bits.memAttr(0));
        machine.ste(nested().s2ptw(true));
        assertEquals("0x9000", machine.write(PAGE));
        machine.ste(Ste.stage2(stage2).s2ptw(true));
        assertEquals("0x9000", machine.write(0x5000));
    }

    @Test
    @Rule("A-NST-10")
    @Rule("A-CDF-04")
    void cdComesBeforeTheStage1Walk() {
        stage2.poke(ipaOfDescriptor(0), 3, 0);
        stage2.poke(contexts.s1ContextPtr(), 3, 0);
        assertEquals("F_TRANSLATION S2 CD " + page(contexts.s1ContextPtr()), machine.read(PAGE));
    }

    @Test
    @Rule("A-NST-11")
    void tableThatTheAddressDoesNotSelectMayBeBroken() {
        Cd cd = Cd.of(stage1).tt1(stage1).ttb1(0x70_0000_0000L);
        contexts.put(0, cd);
        assertEquals("0x9000", machine.read(PAGE));
        assertEquals("F_TRANSLATION S2 TT ipa=0x7000000000", machine.read(-1L));
    }

    /** Level of the stage 1 leaf and of the stage 2 leaf, 4 KiB granules, and log2 of the page that comes out. */
    @ParameterizedTest
    @CsvSource({"3, 3, 12", "2, 3, 12", "3, 2, 12", "2, 2, 21", "1, 2, 21", "2, 1, 21", "1, 1, 30"})
    @Rule("A-NST-13")
    void resultIsThePageOfTheSmallerStage(int level1, int level2, int shift) {
        stage1.map(0x40_0000_0000L, 0x4000_0000L, level1, Stage1Bits.READ_WRITE);
        stage2.map(0x4000_0000L, 0x8000_0000L, level2, Stage2Bits.READ_WRITE);
        assertEquals("0x80000abc", machine.read(0x40_0000_0ABCL));
        TranslationOutcome.Translated page = machine.translated(Transaction.read(Machine.STREAM, 0x40_0000_0ABCL));
        assertEquals((1L << shift) - 1, page.offsetMask());
        assertEquals(0x8000_0000L, page.outputBase());
    }

    @Test
    @Rule("A-NST-13")
    void offsetsWithinLargerBlocksOfEitherStageAddUp() {
        stage1.map(0x40_0000_0000L, 0x4000_0000L, 2, Stage1Bits.READ_WRITE);
        stage2.map(0x4012_3000L, 0x8000_7000L, 3, Stage2Bits.READ_WRITE);
        assertEquals("0x80007456", machine.read(0x40_0012_3456L));
        assertEquals("F_TRANSLATION S2 IN ipa=0x40124000", machine.read(0x40_0012_4456L));
        stage1.map(0x40_4000_0000L, 0x1_2345_6000L, 3, Stage1Bits.READ_WRITE);
        stage2.map(0x1_2340_0000L, 0x2_0020_0000L, 2, Stage2Bits.READ_WRITE);
        assertEquals("0x200256789", machine.read(0x40_4000_0789L));
    }

    @ParameterizedTest
    @CsvSource({"KB4, KB16", "KB16, KB4", "KB64, KB4", "KB4, KB64", "KB16, KB64", "KB64, KB16"})
    @Rule("A-NST-13")
    void granulesOfTheTwoStagesAreIndependent(Granule first, Granule second) {
        PageTable mixed1 =
                PageTable.stage1(machine.guest, first, 42).map(0x123_4000_0000L, 0x5_0000, 3, Stage1Bits.READ_WRITE);
        PageTable mixed2 = PageTable.stage2(machine.host, second, 39, second == Granule.KB4 ? 1 : 2);
        long page = 1L << mixed2.leafShift(3);
        long window = Machine.ipaOf(Machine.GUEST_BASE);
        mixed2.mapPages(window, Machine.GUEST_BASE, Machine.GUEST_SIZE / page, Stage2Bits.READ_WRITE);
        mixed2.mapPages(0x5_0000, 0x8_0000, 0x1_0000 / page, Stage2Bits.READ_WRITE);
        machine.nested(Cd.of(mixed1), mixed2);
        assertEquals("0x80abc", machine.read(0x123_4000_0ABCL));
    }

    @Test
    @Rule("A-NST-14")
    void identityInStage2GivesTheResultOfStage1() {
        PageTable identity = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        IntStream.range(0, 16)
                .forEach(gib -> identity.map((long) gib << 30, (long) gib << 30, 1, Stage2Bits.READ_WRITE));
        PageTable plain = PageTable.stage1(machine.host, Granule.KB4, 39)
                .map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE)
                .map(0x2000, 0x6000, 3, Stage1Bits.AF | Stage1Bits.ap(2) | Stage1Bits.attrIndx(1))
                .map(0x20_0000, 0x40_0000, 2, Stage1Bits.READ_WRITE);
        LinearCdTable cds = LinearCdTable.single(machine.host, Cd.of(plain));
        for (long address : new long[] {PAGE, 0x2000, 0x20_0000, 0x3000, 0x20_1ABC}) {
            Transaction write = Transaction.write(Machine.STREAM, address);
            Transaction read = Transaction.read(Machine.STREAM, address).withPrivilege(true, false);
            machine.ste(Ste.stage1(cds));
            List<String> alone = List.of(machine.outcome(write), machine.outcome(read));
            machine.ste(Ste.nested(cds, identity));
            assertEquals(alone, List.of(machine.outcome(write), machine.outcome(read)));
        }
    }

    @Test
    @Rule("A-CDF-04")
    void l1DescriptorOfAGuestIsReadThroughStage2() {
        TwoLevelCdTable table = TwoLevelCdTable.of4K(machine.guest, 16);
        long cd = Machine.ipaOf(table.put(0xABC, Cd.of(stage1)));
        machine.ste(Ste.nested(table, stage2));
        Transaction read = Transaction.read(Machine.STREAM, PAGE).withSubstream(0xABC);
        assertEquals("0x9000", machine.outcome(read));
        stage2.poke(cd, 3, 0);
        assertEquals("F_TRANSLATION S2 CD " + page(cd), machine.outcome(read));
        long l1 = Machine.ipaOf(table.l1Address(0xABC));
        stage2.poke(l1, 3, 0);
        assertEquals("F_TRANSLATION S2 CD " + page(l1), machine.outcome(read));
    }

    @Test
    @Rule("A-CDF-04")
    void cdIsNotSubjectToTheAddressSizeOfStage1() {
        contexts.put(0, Cd.aarch64().ips(0));
        assertEquals("F_TRANSLATION IN", machine.read(PAGE));
        assertEquals("[A-ADR-05]", machine.decided.toString());
    }

    @Test
    @Rule("A-CDF-05")
    @Rule("A-WLK-06")
    void abortInTheStage2WalkIsReportedByWhatTheWalkWasFor() {
        stage2.poke(contexts.s1ContextPtr(), 1, Machine.HOLE | 3);
        String at = "@0x" + Long.toHexString(Machine.HOLE + 8 * (contexts.s1ContextPtr() >> 21 & 511));
        assertEquals("F_WALK_EABT S2 CD " + page(contexts.s1ContextPtr()) + " " + at, machine.read(PAGE));
    }

    @Test
    @Rule("A-WLK-06")
    void abortedStage1DescriptorIsReportedWithItsPhysicalAddress() {
        long ipa = ipaOfDescriptor(3);
        stage2.map(ipa & -4096, Machine.HOLE, 3, Stage2Bits.READ_WRITE);
        assertEquals("F_WALK_EABT TT @0x" + Long.toHexString(Machine.HOLE | ipa & 4095), machine.read(PAGE));
    }

    @ParameterizedTest
    @CsvSource({"2, 0x10000000000", "5, 0x1000000000000"})
    @Rule("A-CDF-11")
    @Rule("A-STE-17")
    void pointersBeyondTheIntermediateSizeAreRefused(int oas, String beyond) {
        Machine sized = new Machine("OAS=" + oas);
        PageTable map = sized.guestStage2();
        TwoLevelCdTable table = TwoLevelCdTable.of4K(sized.guest, 8);
        sized.ste(Ste.nested(table, map));
        sized.memory.write64(table.l1Address(0), Long.decode(beyond) | 1);
        Transaction read = Transaction.read(Machine.STREAM, PAGE).withSubstream(1);
        assertEquals("C_BAD_SUBSTREAMID", sized.outcome(read));
        sized.ste(Ste.nested(table, map).s1ContextPtr(Long.decode(beyond)));
        assertEquals("C_BAD_STE", sized.outcome(read));
    }
}
