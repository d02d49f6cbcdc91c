package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.CdTable;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;
import org.nestor.tables.TwoLevelCdTable;

class SubstreamTests {
    private static final Transaction PLAIN = Transaction.read(Machine.STREAM, 0x1000);

    private final Machine machine = new Machine("SSIDSIZE=20");
    private PageTable stage2;

    @BeforeEach
    void mapTheGuest() {
        stage2 = machine.guestStage2();
        stage2.map(0x1000, 0x7000, 3, Stage2Bits.READ_WRITE);
        IntStream.range(0, 8)
                .forEach(page ->
                        stage2.map(0x40_0000 + page * 0x1000L, 0x40_0000 + page * 0x1000L, 3, Stage2Bits.READ_WRITE));
    }

    /** A CD under which 0x1000 translates to the given address. */
    private Cd cdTo(TableSpace space, long output) {
        return Cd.of(PageTable.stage1(space, Granule.KB4, 32).map(0x1000, output, 3, Stage1Bits.READ_WRITE));
    }

    private Cd cd(long output) {
        return cdTo(machine.host, output);
    }

    /** Substreams 0 to 7, substream n translating 0x1000 to 0x400000 + n pages. */
    private CdTable eightContexts(TableSpace space) {
        CdTable table = new LinearCdTable(space, 3);
        IntStream.range(0, 8).forEach(ssid -> table.put(ssid, cdTo(space, 0x40_0000 + ssid * 0x1000L)));
        return table;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xFFFFF})
    @Rule("A-SSD-01")
    @Rule("A-SSD-02")
    void singleContextServesOnlyTransactionsWithoutSubstream(int ssid) {
        machine.stage1(cd(0x5000));
        assertEquals("0x5000", machine.outcome(PLAIN));
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(PLAIN.withSubstream(ssid)));
    }

    /** S1DSS against no SubstreamID, SubstreamID 0 and another: stage 1 alone, then the same nested. */
    @ParameterizedTest
    @CsvSource({
        "0, F_STREAM_DISABLED, 0x400000, 0x402000, F_STREAM_DISABLED",
        "1, 0x1000, 0x400000, 0x402000, 0x7000",
        "2, 0x400000, F_STREAM_DISABLED, 0x402000, 0x400000",
        "3, F_STREAM_DISABLED, 0x400000, 0x402000, F_STREAM_DISABLED",
    })
    @Rule("A-SSD-04")
    @Rule("A-SSD-05")
    @Rule("A-SSD-06")
    @Rule("A-SSD-07")
    @Rule("A-SSD-08")
    @Rule("A-STE-10")
    void s1dssDecidesAboutTrafficWithoutSubstreamAndAboutSubstreamZero(
            int s1dss, String without, String zero, String two, String nestedWithout) {
        machine.ste(Ste.stage1(eightContexts(machine.host)).s1dss(s1dss));
        assertEquals(without, machine.outcome(PLAIN));
        assertEquals(zero, machine.outcome(PLAIN.withSubstream(0)));
        assertEquals(two, machine.outcome(PLAIN.withSubstream(2)));
        machine.ste(Ste.nested(eightContexts(machine.guest), stage2).s1dss(s1dss));
        assertEquals(nestedWithout, machine.outcome(PLAIN));
        assertEquals(zero, machine.outcome(PLAIN.withSubstream(0)));
        assertEquals(two, machine.outcome(PLAIN.withSubstream(2)));
    }

    @Test
    @Rule("A-SSD-05")
    void stage1BypassReadsNoCd() {
        CdTable table = new LinearCdTable(machine.host, 3);
        machine.ste(Ste.stage1(table).s1dss(1).s1ContextPtr(Machine.HOLE));
        assertEquals("0x1000", machine.outcome(PLAIN));
        assertEquals("F_CD_FETCH @0x800000040", machine.outcome(PLAIN.withSubstream(1)));
    }

    @ParameterizedTest
    @CsvSource({"3, 0x400000, 7, 8", "1, 0x400000, 1, 2"})
    @Rule("A-SSD-03")
    void substreamBeyondTheTableIsBad(int s1CdMax, String first, int last, int beyond) {
        machine.ste(Ste.stage1(eightContexts(machine.host)).s1CdMax(s1CdMax).s1dss(2));
        assertEquals("0x40" + last + "000", machine.outcome(PLAIN.withSubstream(last)));
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(PLAIN.withSubstream(beyond)));
        IntStream.range(4, 20)
                .forEach(bit -> assertEquals(
                        "C_BAD_SUBSTREAMID", machine.outcome(PLAIN.withSubstream(1 << bit)), "bit " + bit));
        assertEquals(first, machine.outcome(PLAIN));
    }

    @ParameterizedTest
    @CsvSource({"0, abort", "4, C_BAD_SUBSTREAMID", "6, C_BAD_SUBSTREAMID"})
    @Rule("A-SSD-09")
    @Rule("A-BYP-02")
    void substreamWithoutStage1IsBad(int config, String outcome) {
        machine.ste(Ste.stage2(stage2).config(config));
        assertEquals(outcome, machine.outcome(PLAIN.withSubstream(0)));
        assertEquals(outcome, machine.outcome(PLAIN.withSubstream(1)));
    }

    @Test
    @Rule("A-SSD-11")
    @Rule("A-STE-09")
    @Rule("A-STE-06")
    void smmuWithoutSubstreamsHasOneContextWhateverTheSteSays() {
        Machine plain = new Machine("SSIDSIZE=0");
        PageTable table = PageTable.stage1(plain.host, Granule.KB4, 32).map(0x1000, 0x5000, 3, Stage1Bits.READ_WRITE);
        plain.ste(Ste.stage1(LinearCdTable.single(plain.host, Cd.of(table)))
                .s1CdMax(31)
                .s1Fmt(2)
                .s1dss(0));
        assertEquals("0x5000", plain.outcome(PLAIN));
        assertEquals("C_BAD_SUBSTREAMID", plain.outcome(PLAIN.withSubstream(0)));
        assertTrue(plain.decided.contains(RuleId.of("A-SSD-11")));
    }

    @Test
    @Rule("A-STE-09")
    void formatAndDefaultAreIgnoredForASingleContext() {
        machine.ste(Ste.stage1(LinearCdTable.single(machine.host, cd(0x5000)))
                .s1Fmt(2)
                .s1dss(0));
        assertEquals("0x5000", machine.outcome(PLAIN));
    }

    @Test
    @Rule("A-CDF-01")
    @Rule("A-STE-08")
    void reservedFormatIsLinear() {
        machine.ste(Ste.stage1(eightContexts(machine.host)).s1Fmt(3));
        assertEquals("0x405000", machine.outcome(PLAIN.withSubstream(5)));
    }

    /** S1Fmt, S1CDMax, SubstreamID, and by hand: byte offset of the L1CD and of the CD in its leaf table. */
    @ParameterizedTest
    @CsvSource({
        "1, 20, 0xABCDE, 0x15798, 0x780", "1, 6, 63, 0, 0xFC0", "1, 3, 5, 0, 0x140", "1, 7, 64, 8, 0",
        "2, 20, 0xABCDE, 0x1578, 0x3780", "2, 10, 1023, 0, 0xFFC0", "2, 3, 5, 0, 0x140", "2, 11, 1024, 8, 0",
    })
    @Rule("A-CDF-01")
    void twoLevelCdIsWhereTheTwoIndexesPoint(int s1Fmt, int s1CdMax, String ssid, String l1Offset, String cdOffset) {
        long l1 = 0x3_0000_0000L;
        long leaf = 0x3_1000_0000L;
        machine.ste(Ste.bypass().config(5).s1ContextPtr(l1).s1CdMax(s1CdMax).s1Fmt(s1Fmt));
        machine.memory.write64(l1 + Long.decode(l1Offset), leaf | 1);
        for (int word = 0; word < 8; word++) {
            machine.memory.write64(
                    leaf + Long.decode(cdOffset) + 8L * word, cd(0x5000).line().doubleword(word));
        }
        assertEquals("0x5000", machine.outcome(PLAIN.withSubstream(Integer.decode(ssid))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Rule("A-CDF-01")
    @Rule("A-CDF-04")
    void twoLevelTablesOfTheGuestAreFoundThroughStage2(boolean large) {
        CdTable table = large ? TwoLevelCdTable.of64K(machine.guest, 12) : TwoLevelCdTable.of4K(machine.guest, 12);
        table.put(0xABC, cdTo(machine.guest, 0x40_3000));
        machine.ste(Ste.nested(table, stage2));
        assertEquals("0x403000", machine.outcome(PLAIN.withSubstream(0xABC)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0x3FF", "2, 0xFFF"})
    @Rule("A-CDF-02")
    void invalidL1DescriptorIsABadSubstream(int s1Fmt, String ssid) {
        machine.ste(
                Ste.bypass().config(5).s1ContextPtr(0x3_0000_0000L).s1CdMax(12).s1Fmt(s1Fmt));
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(PLAIN.withSubstream(Integer.decode(ssid))));
        assertEquals(RuleId.of("A-CDF-02"), machine.decided.get(machine.decided.size() - 1));
    }

    /** Linear: bits below the table's size; two-level: bits below the L1 table's size, at least 64 bytes. */
    @ParameterizedTest
    @CsvSource({"0, 4, 0x3C0", "1, 12, 0x1C0", "2, 14, 0x40", "1, 6, 0"})
    @Rule("A-CDF-13")
    void pointerBitsBelowTheTableSizeCountAsZero(int s1Fmt, int s1CdMax, String junk) {
        CdTable table = s1Fmt == 0
                ? new LinearCdTable(machine.host, s1CdMax)
                : s1Fmt == 1
                        ? TwoLevelCdTable.of4K(machine.host, s1CdMax)
                        : TwoLevelCdTable.of64K(machine.host, s1CdMax);
        table.put(3, cd(0x5000));
        machine.ste(Ste.stage1(table).s1ContextPtr(table.s1ContextPtr() | Long.decode(junk)));
        assertEquals("0x5000", machine.outcome(PLAIN.withSubstream(3)));
    }

    /** L2Ptr has bits from 12 on, of which a leaf table of 64 KiB has no use for the lowest four. */
    @Test
    @Rule("A-CDF-01")
    void leafTableOf64KilobytesIsAlignedToItsSize() {
        long l1 = 0x3_0000_0000L;
        long leaf = 0x3_1000_0000L;
        machine.ste(Ste.bypass().config(5).s1ContextPtr(l1).s1CdMax(12).s1Fmt(2));
        machine.memory.write64(l1, leaf | 0xF000 | 1);
        for (int word = 0; word < 8; word++) {
            machine.memory.write64(leaf + 0xC0 + 8L * word, cd(0x5000).line().doubleword(word));
        }
        assertEquals("0x5000", machine.outcome(PLAIN.withSubstream(3)));
    }

    /**
     * With tables for AArch32, IAS is 40 and OAS may be 36: a leaf table at 2^36 or above can be an IPA only. The tables of stage 1 are
     * below, where stage 2 is the identity, as IPS is limited by OAS.
     */
    @Test
    @Rule("A-CDF-11")
    void leafTableIsLimitedByIasIfItIsAnIpaAndByOasIfNot() {
        Machine small = new Machine("SSIDSIZE=20 OAS=1 TTF=3");
        Cd low = cdTo(small.host, 0x5000);
        PageTable ipas = small.guestStage2()
                .map(0x5000, 0x9000, 3, Stage2Bits.READ_WRITE)
                .mapPages(0x1000_0000, 0x1000_0000, 16, Stage2Bits.READ_WRITE);
        TwoLevelCdTable table = TwoLevelCdTable.of4K(small.guest, 8);
        table.put(1, low);
        small.ste(Ste.nested(table, ipas));
        assertTrue(Machine.ipaOf(table.cdAddress(1)) >= 1L << 36);
        assertEquals("0x9000", small.outcome(PLAIN.withSubstream(1)));
        TwoLevelCdTable physical = TwoLevelCdTable.of4K(small.host, 8);
        small.memory.write64(physical.l1Address(1), 1L << 36 | 1);
        small.ste(Ste.stage1(physical));
        assertEquals("C_BAD_SUBSTREAMID", small.outcome(PLAIN.withSubstream(1)));
    }

    @Test
    @Rule("A-CDF-11")
    void l1PointerBeyondTheAddressSizeIsABadSubstream() {
        machine.ste(
                Ste.bypass().config(5).s1ContextPtr(0x3_0000_0000L).s1CdMax(12).s1Fmt(1));
        machine.memory.write64(0x3_0000_0000L, 1L << 48 | 1);
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(PLAIN.withSubstream(3)));
        assertEquals(RuleId.of("A-CDF-11"), machine.decided.get(machine.decided.size() - 1));
        machine.memory.write64(0x3_0000_0000L, 1L << 47 | 1);
        assertEquals("F_CD_FETCH @0x8000000000c0", machine.outcome(PLAIN.withSubstream(3)));
    }

    @Test
    @Rule("A-CDF-03")
    @Rule("A-CDF-12")
    void abortedFetchIsReportedWithThePhysicalAddress() {
        machine.ste(
                Ste.bypass().config(5).s1ContextPtr(Machine.HOLE).s1CdMax(12).s1Fmt(1));
        assertEquals("F_CD_FETCH @0x800000018", machine.outcome(PLAIN.withSubstream(0xFF)));
        machine.ste(Ste.bypass().config(5).s1ContextPtr(Machine.HOLE).s1CdMax(4));
        assertEquals("F_CD_FETCH @0x800000300", machine.outcome(PLAIN.withSubstream(12)));
        stage2.map(0x9000, Machine.HOLE + 0x2000, 3, Stage2Bits.READ_WRITE);
        machine.ste(Ste.nested(new LinearCdTable(machine.guest, 4), stage2).s1ContextPtr(0x9000));
        assertEquals("F_CD_FETCH @0x800002300", machine.outcome(PLAIN.withSubstream(12)));
    }

    @Test
    @Rule("A-CDV-01")
    void cdOfTheSelectedSubstreamIsJudged() {
        CdTable table = eightContexts(machine.host);
        table.put(4, cd(0x5000).v(false));
        machine.ste(Ste.stage1(table));
        assertEquals("C_BAD_CD", machine.outcome(PLAIN.withSubstream(4)));
        assertEquals("0x403000", machine.outcome(PLAIN.withSubstream(3)));
    }
}
