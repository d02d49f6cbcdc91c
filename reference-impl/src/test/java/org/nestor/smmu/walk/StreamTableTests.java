package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.Ste;
import org.nestor.tables.TwoLevelStreamTable;

class StreamTableTests {
    private static final long BASE = 0x1_0000_0000L;
    private static final int TWO_LEVEL = 1 << 16;

    private final Machine machine = new Machine("SIDSIZE=32");

    /** What stream {@code streamId} gets: the address 0x40 that a bypass STE passes on, or the error. */
    private String find(int streamId) {
        return machine.outcome(Transaction.read(streamId, 0x40));
    }

    private void bypassAt(long address) {
        machine.memory.write64(address, 0b1001);
        machine.memory.write64(address + 8, 1L << 44);
    }

    private void registers(long strtabBase, int strtabBaseCfg) {
        machine.registers(new GlobalConfiguration(true, strtabBase, strtabBaseCfg, 0, false));
    }

    static IntStream bits() {
        return IntStream.range(0, 32);
    }

    /** The neighbours above the table, one bit each, and combinations with the one id that is set up. */
    @ParameterizedTest
    @MethodSource("bits")
    @Rule("A-SID-01")
    @Rule("A-SID-02")
    void linearTableServesEveryIdBelowItsSizeAndNoneAbove(int bit) {
        LinearStreamTable table = new LinearStreamTable(machine.host, 7);
        machine.streams(table);
        IntStream.range(0, 128).forEach(id -> table.put(id, Ste.bypass()));
        String expected = bit < 7 ? "0x40" : "C_BAD_STREAMID";
        assertEquals(expected, find(1 << bit));
        assertEquals(expected, find(1 << bit | 1));
        assertEquals(expected, find(1 << bit | 0x55));
    }

    @ParameterizedTest
    @MethodSource("bits")
    @Rule("A-SID-01")
    void twoLevelTableServesEveryIdBelowItsSizeAndNoneAbove(int bit) {
        TwoLevelStreamTable table = new TwoLevelStreamTable(machine.host, 16, 8);
        machine.streams(table);
        bits().filter(b -> b < 16).forEach(b -> table.put(1 << b, Ste.bypass()));
        assertEquals(bit < 16 ? "0x40" : "C_BAD_STREAMID", find(1 << bit));
    }

    @Test
    @Rule("A-SID-01")
    void idsOf32BitsReachTheEndOfTheTable() {
        TwoLevelStreamTable table = new TwoLevelStreamTable(machine.host, 32, 10);
        machine.streams(table);
        table.put(0xFFFF_FFFF, Ste.bypass());
        table.put(0x8000_0000, Ste.bypass());
        assertEquals("0x40", find(0xFFFF_FFFF));
        assertEquals("0x40", find(0x8000_0000));
        assertEquals("C_BAD_STE", find(0xFFFF_FFFE));
        assertEquals("C_BAD_STREAMID", find(0x7FFF_FFFF));
    }

    @Test
    @Rule("A-SID-01")
    @Rule("A-SID-11")
    void log2SizeZeroMeansStreamZeroAlone() {
        registers(BASE, 0);
        bypassAt(BASE);
        bypassAt(BASE + 0x40);
        assertEquals("0x40", find(0));
        bits().forEach(bit -> assertEquals("C_BAD_STREAMID", find(1 << bit)));
    }

    @ParameterizedTest
    @CsvSource({"6, 10, 64", "6, 6, 64", "6, 5, 32", "16, 40, 65536", "16, 63, 65536"})
    @Rule("A-SID-01")
    void tableReachesToTheSmallerOfLog2SizeAndSidsize(int sidSize, int log2Size, int reach) {
        Machine limited = new Machine("SIDSIZE=" + sidSize);
        limited.registers(new GlobalConfiguration(true, 0, log2Size, 0, false));
        assertEquals("C_BAD_STE", limited.outcome(Transaction.read(reach - 1, 0)));
        assertEquals("C_BAD_STREAMID", limited.outcome(Transaction.read(reach, 0)));
        assertEquals("C_BAD_STREAMID", limited.outcome(Transaction.read(reach * 2 - 1, 0)));
    }

    @Test
    @Rule("A-SID-02")
    void linearSteIsAt64TimesItsId() {
        registers(BASE, 8);
        bypassAt(BASE + 0x40 * 0xA5);
        assertEquals("0x40", find(0xA5));
        assertEquals("C_BAD_STE", find(0xA4));
        assertEquals("C_BAD_STE", find(0xA6));
    }

    /** The alignment follows the literal LOG2SIZE even where that exceeds SIDSIZE. */
    @ParameterizedTest
    @CsvSource({
        "0, 0x100000FC0, 0x100000FC0",
        "4, 0x100000FC0, 0x100000C00",
        "16, 0x1003FFFC0, 0x100000000",
        "20, 0x107FFFFC0, 0x104000000",
    })
    @Rule("A-SID-02")
    void linearBaseIsAlignedToTheSizeOfTheTable(int log2Size, String written, String base) {
        Machine limited = new Machine("SIDSIZE=16");
        limited.memory.write64(Long.decode(base), 0b1001);
        limited.registers(new GlobalConfiguration(true, Long.decode(written), log2Size, 0, false));
        assertEquals("0x40", limited.outcome(Transaction.read(0, 0x40)));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 6, 0x100000FC0, 0x100000FC0",
        "8, 6, 0x100000FC0, 0x100000FC0",
        "10, 6, 0x100000FC0, 0x100000F80",
        "16, 8, 0x100000FC0, 0x100000800",
        "16, 10, 0x100000FC0, 0x100000E00",
        "20, 10, 0x100003FC0, 0x100002000",
    })
    @Rule("A-SID-03")
    void twoLevelBaseIsAlignedToTheL1Array(int log2Size, int split, String written, String base) {
        machine.memory.write64(Long.decode(base), BASE | 1 << 20 | 1);
        bypassAt(BASE | 1 << 20);
        registers(Long.decode(written), TWO_LEVEL | split << 6 | log2Size);
        assertEquals("0x40", find(0));
    }

    @Test
    @Rule("A-SID-03")
    void readAllocateHintAndReservedBitsAreNoPartOfTheBase() {
        registers(BASE | 1L << 62 | 0x3F, 8);
        bypassAt(BASE + 0x40);
        assertEquals("0x40", find(1));
    }

    /** Two-level location by hand: SPLIT, StreamID, byte offset of the L1STD, byte offset of the STE in its leaf table. */
    @ParameterizedTest
    @CsvSource({
        "6, 0x1234, 0x240, 0xD00",
        "8, 0x1234, 0x90, 0xD00",
        "10, 0x1234, 0x20, 0x8D00",
        "6, 63, 0, 0xFC0",
        "6, 64, 8, 0",
        "10, 0xFFFF, 0x1F8, 0xFFC0",
        "8, 0x8000, 0x400, 0",
    })
    @Rule("A-SID-03")
    void twoLevelSteIsWhereTheTwoIndexesPoint(int split, int streamId, String l1Offset, String steOffset) {
        registers(BASE, TWO_LEVEL | split << 6 | 16);
        long leaf = BASE + 0x10_0000;
        machine.memory.write64(BASE + Long.decode(l1Offset), leaf | split + 1);
        bypassAt(leaf + Long.decode(steOffset));
        assertEquals("0x40", find(streamId));
    }

    @Test
    @Rule("A-SID-03")
    void tableSmallerThanSplitHasOneL1Descriptor() {
        registers(BASE, TWO_LEVEL | 8 << 6 | 6);
        machine.memory.write64(BASE, BASE + 0x1000 | 7);
        bypassAt(BASE + 0x1000 + 0x40 * 63);
        assertEquals("0x40", find(63));
        assertEquals("C_BAD_STREAMID", find(64));
    }

    /** SPLIT, Span, and how many STEs the leaf table then has: 2^(Span-1), or none. */
    @ParameterizedTest
    @CsvSource({
        "6, 0, 0, A-SID-04",
        "6, 1, 1, A-SID-07",
        "6, 2, 2, A-SID-07",
        "6, 6, 32, A-SID-07",
        "6, 7, 64, ",
        "6, 8, 0, A-SID-06",
        "6, 11, 0, A-SID-06",
        "6, 12, 0, A-SID-05",
        "6, 31, 0, A-SID-05",
        "8, 8, 128, A-SID-07",
        "8, 9, 256, ",
        "8, 10, 0, A-SID-06",
        "10, 10, 512, A-SID-07",
        "10, 11, 1024, ",
        "10, 12, 0, A-SID-05",
        "10, 16, 0, A-SID-05",
        "10, 0, 0, A-SID-04",
    })
    @Rule("A-SID-04")
    @Rule("A-SID-05")
    @Rule("A-SID-06")
    @Rule("A-SID-07")
    void spanSaysHowManyStesTheLeafTableHas(int split, int span, int stes, String rule) {
        registers(BASE, TWO_LEVEL | split << 6 | 16);
        machine.memory.write64(BASE, BASE + 0x10_0000 | span);
        for (int id = 0; id < 1 << split; id++) {
            assertEquals(id < stes ? "C_BAD_STE" : "C_BAD_STREAMID", find(id), "StreamID " + id);
        }
        if (rule != null) {
            assertTrue(machine.decided.contains(RuleId.of(rule)), machine.decided::toString);
        }
    }

    @Test
    @Rule("A-SID-07")
    void leafPointerIsAlignedToTheLeafTable() {
        registers(BASE, TWO_LEVEL | 8 << 6 | 16);
        machine.memory.write64(BASE, BASE + 0x10_0000 + 0x3FC0 | 9);
        bypassAt(BASE + 0x10_0000 + 0x40 * 5);
        assertEquals("0x40", find(5));
        machine.memory.write64(BASE, BASE + 0x10_0000 + 0x3FC0 | 1);
        bypassAt(BASE + 0x10_0000 + 0x3FC0);
        assertEquals("0x40", find(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7, 9, 11, 16, 31})
    @Rule("A-SID-12")
    void otherSplitsActAs6(int split) {
        registers(BASE, TWO_LEVEL | split << 6 | 16);
        machine.memory.write64(BASE + 8, BASE + 0x1000 | 7);
        bypassAt(BASE + 0x1000 + 0x40);
        assertEquals("0x40", find(0x41));
        machine.memory.write64(BASE + 8, BASE + 0x1000 | 8);
        assertEquals("C_BAD_STREAMID", find(0x41));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 2", "1, 3", "0, 1"})
    @Rule("A-SID-12")
    void tableIsLinearUnlessBothFmtAndStLevelSayTwoLevel(int stLevel, int fmt) {
        Machine other = new Machine("ST_LEVEL=" + stLevel);
        other.memory.write64(BASE + 0x40 * 0x21, 0b1001);
        other.registers(new GlobalConfiguration(true, BASE, fmt << 16 | 6 << 6 | 6, 0, false));
        assertEquals("0x40", other.outcome(Transaction.read(0x21, 0x40)));
    }

    @Test
    @Rule("A-SID-03")
    void abortedL1DescriptorIsReportedWithItsAddress() {
        registers(Machine.HOLE, TWO_LEVEL | 8 << 6 | 16);
        assertEquals("F_STE_FETCH @0x800000010", find(0x2FF));
    }

    @Test
    @Rule("A-SID-08")
    @Rule("A-SID-10")
    void abortedSteIsReportedWithItsAddress() {
        registers(Machine.HOLE, 8);
        assertEquals("F_STE_FETCH @0x800000140", find(5));
        registers(BASE, TWO_LEVEL | 8 << 6 | 16);
        machine.memory.write64(BASE, Machine.HOLE | 9);
        assertEquals("F_STE_FETCH @0x800000180", find(6));
    }

    @ParameterizedTest
    @CsvSource({"8, 0x1000000000000", "65544, 0x8000000000000"})
    @Rule("A-SID-09")
    void tableBeyondOasIsAnAbortedFetch(int strtabBaseCfg, String base) {
        registers(Long.decode(base), strtabBaseCfg);
        assertEquals("F_STE_FETCH @" + base, find(0));
    }

    @Test
    @Rule("A-SID-09")
    void leafTableBeyondOasIsAnAbortedFetch() {
        registers(BASE, TWO_LEVEL | 8 << 6 | 16);
        machine.memory.write64(BASE, 1L << 48 | 9);
        assertEquals("F_STE_FETCH @0x1000000000080", find(2));
    }

    @Test
    @Rule("A-STE-01")
    @Rule("A-STE-02")
    void steThatIsFoundDecides() {
        registers(BASE, 4);
        machine.memory.write64(BASE + 0x40, 0b0001);
        assertEquals("C_BAD_STE", find(0));
        assertEquals("abort", find(1));
    }
}
