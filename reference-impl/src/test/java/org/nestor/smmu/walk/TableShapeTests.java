package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Every granule, input size, start level and leaf level, over tables that a separate library laid out. */
class TableShapeTests {

    /** The start levels of formats section 11: granule, TxSZ from and to, level. */
    @ParameterizedTest
    @CsvSource({
        "KB4, 16, 24, 0", "KB4, 25, 33, 1", "KB4, 34, 39, 2", "KB16, 16, 16, 0", "KB16, 17, 27, 1",
        "KB16, 28, 38, 2", "KB16, 39, 39, 3", "KB64, 12, 21, 1", "KB64, 22, 34, 2", "KB64, 35, 39, 3",
        "KB4, 40, 42, 2", "KB4, 43, 48, 3", "KB16, 40, 48, 3", "KB64, 40, 47, 3",
    })
    @Rule("A-WLK-01")
    void stage1StartsAtTheLevelThatResolvesTheInput(Granule granule, int from, int to, int level) {
        for (int txsz = from; txsz <= to; txsz++) {
            assertEquals(level, TableGeometry.stage1StartLevel(granule, 64 - txsz), "TxSZ=" + txsz);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KB4, false, 2, 1, 0, -1",
        "KB4, true, 2, 1, 0, 3",
        "KB16, false, 3, 2, 1, -1",
        "KB16, true, 3, 2, 1, -1",
        "KB64, false, 3, 2, 1, -1",
        "KB64, true, 3, 2, 1, -1",
    })
    @Rule("A-WLK-03")
    void stage2StartsAtTheLevelThatSl0Names(Granule granule, boolean stt, int sl0, int sl1, int sl2, int sl3) {
        int[] levels = {sl0, sl1, sl2, sl3};
        for (int code = 0; code < 4; code++) {
            assertEquals(levels[code], TableGeometry.stage2StartLevel(granule, code, stt));
        }
    }

    static Stream<Arguments> stage1Shapes() {
        return Stream.of(Granule.values())
                .flatMap(granule -> IntStream.range(granule == Granule.KB64 ? 12 : 16, 40)
                        .mapToObj(txsz -> Arguments.of(granule, txsz)));
    }

    /** A page at the bottom, in the middle and at the top of each half, and an empty neighbour. */
    @ParameterizedTest
    @MethodSource("stage1Shapes")
    @Rule("A-WLK-01")
    @Rule("A-WLK-02")
    void stage1ReachesEveryPageOfItsRange(Granule granule, int txsz) {
        Machine machine = new Machine("OAS=6 VAX=1");
        PageTable lower = PageTable.stage1(machine.host, granule, 64 - txsz);
        PageTable upper = PageTable.stage1(machine.host, granule, 64 - txsz);
        long page = 1L << pageShift(granule);
        long[] inputs = {0, (0x5555_5555_5555_5555L & (1L << 64 - txsz) - 1) & -page, (1L << 64 - txsz) - page};
        for (int i = 0; i < inputs.length; i++) {
            lower.map(inputs[i], 0x1_0000_0000L + i * 0x10_0000L, 3, Stage1Bits.READ_WRITE);
            upper.map(inputs[i], 0x2_0000_0000L + i * 0x10_0000L, 3, Stage1Bits.READ_WRITE);
        }
        machine.stage1(Cd.of(lower).tt1(upper).ips(6));
        long top = -1L << 64 - txsz;
        for (int i = 0; i < inputs.length; i++) {
            assertEquals("0x1" + String.format("%08x", i * 0x10_0000 + 0xABC), machine.read(inputs[i] + 0xABC));
            assertEquals("0x2" + String.format("%08x", i * 0x10_0000 + 0xABC), machine.read(top | inputs[i] + 0xABC));
            assertEquals("F_TRANSLATION IN", machine.read(inputs[i] ^ page));
        }
    }

    static Stream<Arguments> stage2Shapes() {
        return Stream.of(
                        new int[] {4, 2, 30, 39},
                        new int[] {4, 1, 21, 33},
                        new int[] {4, 0, 16, 24},
                        new int[] {16, 3, 35, 39},
                        new int[] {16, 2, 24, 38},
                        new int[] {16, 1, 16, 27},
                        new int[] {64, 3, 31, 39},
                        new int[] {64, 2, 18, 34},
                        new int[] {64, 1, 12, 21})
                .flatMap(row -> IntStream.rangeClosed(row[2], row[3])
                        .mapToObj(t0sz -> Arguments.of(Granule.valueOf("KB" + row[0]), row[1], t0sz)));
    }

    /** Pages in the first, the last and a middle one of the concatenated tables. */
    @ParameterizedTest
    @MethodSource("stage2Shapes")
    @Rule("A-WLK-02")
    @Rule("A-WLK-03")
    void stage2ReachesEveryPageThroughConcatenatedTables(Granule granule, int startLevel, int t0sz) {
        Machine machine = new Machine("OAS=6");
        PageTable table = PageTable.stage2(machine.host, granule, 64 - t0sz, startLevel);
        long page = 1L << pageShift(granule);
        long[] inputs = {0, (0x5555_5555_5555_5555L & (1L << 64 - t0sz) - 1) & -page, (1L << 64 - t0sz) - page};
        for (int i = 0; i < inputs.length; i++) {
            table.map(inputs[i], 0x1_0000_0000L + i * 0x10_0000L, 3, Stage2Bits.READ_WRITE);
        }
        machine.ste(Ste.stage2(table).s2ps(6));
        for (int i = 0; i < inputs.length; i++) {
            assertEquals("0x1" + String.format("%08x", i * 0x10_0000 + 0xABC), machine.read(inputs[i] + 0xABC));
            assertEquals(
                    "F_TRANSLATION S2 IN ipa=0x" + Long.toHexString(inputs[i] ^ page), machine.read(inputs[i] ^ page));
        }
    }

    /** Offsets by hand: with 4 KiB pages, 43 bits from level 1 are 16 tables of 512 descriptors, each for 1 GiB. */
    @ParameterizedTest
    @CsvSource({
        // granule, start level, T0SZ, IPA, byte offset of the start level descriptor
        "0, 1, 21, 0x7FFFFFFFFFF, 0xFFF8", "0, 1, 21, 0x40000000, 0x8", "0, 1, 21, 0x8000000000, 0x1000",
        "0, 1, 21, 0x20080000000, 0x4010", "0, 0, 16, 0xFFFFFFFFFFFF, 0xFF8", "0, 2, 30, 0x3FFFFFFFF, 0xFFF8",
        "2, 3, 35, 0x1FFFFFFF, 0x3FFF8", "2, 3, 35, 0x2004000, 0x4008", "2, 2, 24, 0xFFFFFFFFFF, 0x3FFF8",
        "1, 3, 31, 0x1FFFFFFFF, 0xFFFF8", "1, 2, 18, 0x3FFFFFFFFFFF, 0xFFFF8", "1, 2, 18, 0x40020000000, 0x10008",
    })
    @Rule("A-WLK-02")
    @Rule("A-WLK-03")
    void startLevelDescriptorIsWhereTheTopBitsSelect(int tg, int level, int t0sz, String ipa, String offset) {
        Machine machine = new Machine("");
        int sl0 = tg == 0 ? 2 - level : 3 - level;
        long root = 0x1_0000_0000L;
        Ste ste = Ste.stage2(PageTable.stage2(machine.host, Granule.KB4, 39, 1));
        machine.ste(ste.s2tg(tg).s2t0sz(t0sz).s2sl0(sl0).s2ttb(root));
        long input = Long.decode(ipa);
        String fault = "F_TRANSLATION S2 IN ipa=0x" + Long.toHexString(input & -4096);
        assertEquals(fault, machine.read(input));
        machine.memory.write64(root + Long.decode(offset), Machine.HOLE | 0b11 | Stage2Bits.AF | Stage2Bits.s2ap(3));
        assertEquals(level == 3, !machine.read(input).startsWith("F_"));
        assertEquals(level < 3, machine.read(input).startsWith("F_WALK_EABT S2 IN"), machine.read(input));
    }

    /** Block sizes as a literal table: granule, level, log2 of the block. */
    @ParameterizedTest
    @CsvSource({"KB4, 1, 30", "KB4, 2, 21", "KB16, 2, 25", "KB64, 2, 29", "KB64, 1, 42"})
    @Rule("A-WLK-05")
    @Rule("A-WLK-14")
    void blockPassesOnAllAddressBitsBelowItsSize(Granule granule, int level, int shift) {
        Machine machine = new Machine("OAS=6");
        long block = 1L << shift;
        PageTable lower =
                PageTable.stage1(machine.host, granule, 48).map(block, 3 * block, level, Stage1Bits.READ_WRITE);
        lower.set(block, level, junkBelow(granule, shift));
        machine.stage1(Cd.of(lower).ips(6));
        assertEquals("0x" + Long.toHexString(4 * block - 1), machine.read(2 * block - 1));
        assertEquals("0x" + Long.toHexString(3 * block), machine.read(block));
        assertEquals("F_TRANSLATION IN", machine.read(2 * block));
        assertEquals(block - 1, machine.translated(read(block)).offsetMask());
        PageTable table = PageTable.stage2(machine.host, granule, 48, granule == Granule.KB4 ? 0 : 1)
                .map(block, 3 * block, level, Stage2Bits.READ_WRITE);
        machine.ste(Ste.stage2(table).s2ps(6));
        assertEquals("0x" + Long.toHexString(4 * block - 1), machine.read(2 * block - 1));
        assertEquals(block - 1, machine.translated(read(block)).offsetMask());
    }

    /** Bits between the page and the block are RES0; with 64 KiB pages [15:12] belong to the address. */
    private static long junkBelow(Granule granule, int shift) {
        return (1L << shift) - 1 & -1L << Math.max(pageShift(granule), 16);
    }

    private static Transaction read(long address) {
        return Transaction.read(Machine.STREAM, address);
    }

    /** Type 01 where the granule has no blocks, and at level 3. */
    @ParameterizedTest
    @CsvSource({
        "KB4, 0, 5",
        "KB4, 3, 5",
        "KB16, 1, 5",
        "KB16, 3, 5",
        "KB64, 1, 5",
        "KB64, 3, 6",
        "KB4, 0, 6",
        "KB16, 1, 6"
    })
    @Rule("A-WLK-05")
    void blockWhereThereAreNoneIsATranslationFault(Granule granule, int level, int oas) {
        Machine machine = new Machine("OAS=" + oas);
        PageTable lower =
                PageTable.stage1(machine.host, granule, 48).poke(0, level, 0x4000_0000L | 0b01 | Stage1Bits.AF);
        machine.stage1(Cd.of(lower));
        assertEquals("F_TRANSLATION IN", machine.read(0));
        assertEquals("[A-WLK-05]", machine.decided.toString());
        PageTable table = PageTable.stage2(machine.host, granule, 48, granule == Granule.KB4 ? 0 : 1)
                .poke(0, level, 0x4000_0000L | 0b01 | Stage2Bits.READ_WRITE);
        machine.ste(Ste.stage2(table));
        assertEquals("F_TRANSLATION S2 IN ipa=0x0", machine.read(0));
    }

    @ParameterizedTest
    @EnumSource(Granule.class)
    @Rule("A-WLK-04")
    void clearedBitZeroIsATranslationFaultAtEveryLevel(Granule granule) {
        Machine machine = new Machine("");
        for (int level = granule == Granule.KB64 ? 1 : 0; level <= 3; level++) {
            PageTable lower = PageTable.stage1(machine.host, granule, 48).poke(0, level, ~1L);
            machine.stage1(Cd.of(lower));
            assertEquals("F_TRANSLATION IN", machine.read(0));
            if (granule != Granule.KB16 || level > 0) {
                PageTable table = PageTable.stage2(machine.host, granule, 48, granule == Granule.KB4 ? 0 : 1)
                        .poke(0, level, ~1L);
                machine.ste(Ste.stage2(table));
                assertEquals("F_TRANSLATION S2 IN ipa=0x0", machine.read(0));
            }
        }
        assertEquals("[A-WLK-04]", machine.decided.stream().distinct().toList().toString());
    }

    @Test
    @Rule("A-WLK-08")
    void descriptorsAreReadInTheByteOrderOfTheirStage() {
        Machine machine = new Machine("");
        PageTable big = PageTable.stage1(machine.guest, Granule.KB4, 39)
                .inOtherByteOrder()
                .map(0x1000, 0x5000, 3, Stage1Bits.READ_WRITE);
        PageTable stage2 = machine.guestStage2().map(0x5000, 0x6000, 3, Stage2Bits.READ_WRITE);
        machine.nested(Cd.of(big), stage2);
        assertEquals("0x6abc", machine.read(0x1ABC));
        PageTable bigStage2 = machine.mapGuest(
                        PageTable.stage2(machine.host, Granule.KB4, 39, 1).inOtherByteOrder())
                .map(0x5000, 0x7000, 3, Stage2Bits.READ_WRITE);
        machine.nested(Cd.of(big), bigStage2);
        assertEquals("0x7abc", machine.read(0x1ABC));
        machine.nested(Cd.of(big).endi(false), bigStage2);
        assertEquals("F_TRANSLATION IN", machine.read(0x1ABC));
        PageTable little =
                PageTable.stage1(machine.guest, Granule.KB4, 39).map(0x1000, 0x5000, 3, Stage1Bits.READ_WRITE);
        machine.nested(Cd.of(little), bigStage2);
        assertEquals("0x7abc", machine.read(0x1ABC));
        assertEquals(0x0000_0000_0000_5743L, little.peek(0x1000, 3));
        assertEquals(0x4357_0000_0000_0000L, machine.memory.read64(big.descriptorAddress(0x1000, 3)));
    }

    @ParameterizedTest
    @EnumSource(Granule.class)
    @Rule("A-WLK-10")
    void contiguousBitDoesNotChangeTheOutput(Granule granule) {
        Machine machine = new Machine("");
        long page = 1L << pageShift(granule);
        PageTable lower = PageTable.stage1(machine.host, granule, 39)
                .map(5 * page, 0x4000_0000L + 3 * page, 3, Stage1Bits.READ_WRITE | Stage1Bits.CONTIGUOUS);
        machine.stage1(Cd.of(lower));
        assertEquals("0x" + Long.toHexString(0x4000_0000L + 3 * page + 7), machine.read(5 * page + 7));
        PageTable table = PageTable.stage2(machine.host, granule, 39, granule == Granule.KB4 ? 1 : 2)
                .map(5 * page, 0x4000_0000L + 3 * page, 3, Stage2Bits.READ_WRITE | Stage2Bits.CONTIGUOUS);
        machine.ste(Ste.stage2(table));
        assertEquals("0x" + Long.toHexString(0x4000_0000L + 3 * page + 7), machine.read(5 * page + 7));
    }

    @Test
    @Rule("A-WLK-06")
    void abortedDescriptorReadNamesItsAddressAndItsStage() {
        Machine machine = new Machine("");
        PageTable lower = PageTable.stage1(machine.host, Granule.KB4, 39).poke(0x20_1000, 2, Machine.HOLE | 0b11);
        machine.stage1(Cd.of(lower));
        assertEquals("F_WALK_EABT TT @0x800000008", machine.read(0x20_1000));
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1).poke(0x20_1000, 2, Machine.HOLE | 0b11);
        machine.ste(Ste.stage2(table));
        assertEquals("F_WALK_EABT S2 IN ipa=0x201000 @0x800000008", machine.read(0x20_1000));
    }

    /** With 64 KiB pages [15:12] of a descriptor are address bits [51:48]. */
    @Test
    @Rule("A-ADR-14")
    @Rule("A-ADR-17")
    void addressesOf52BitsAreReachedThrough64KPages() {
        Machine machine = new Machine("OAS=6");
        PageTable lower = PageTable.stage1(machine.host, Granule.KB64, 48)
                .map(0x3_0000, 0xF_5000_1234_0000L, 3, Stage1Bits.READ_WRITE);
        machine.stage1(Cd.of(lower).ips(6));
        assertEquals(0x0000_5000_1234_F743L, lower.peek(0x3_0000, 3));
        assertEquals("0xf50001234abcd", machine.read(0x3_ABCD));
        PageTable table = PageTable.stage2(machine.host, Granule.KB64, 48, 1)
                .map(0x3_0000, 0xF_5000_1234_0000L, 3, Stage2Bits.READ_WRITE);
        machine.ste(Ste.stage2(table).s2ps(6));
        assertEquals("0xf50001234abcd", machine.read(0x3_ABCD));
    }

    private static int pageShift(Granule granule) {
        return granule == Granule.KB4 ? 12 : granule == Granule.KB16 ? 14 : 16;
    }
}
