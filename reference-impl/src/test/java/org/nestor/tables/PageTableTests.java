package org.nestor.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.format.Granule;

class PageTableTests {
    private static final long BASE = 0x10_0000;

    private final SparseMemory memory = SparseMemory.ram(0, 0x1_0000_0000L);
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(BASE, 0x1_0000_0000L));

    /** 0x12_3456_7000 is index 0x48, 0x1A2, 0x167 from level 1. */
    @Test
    void pageOf39BitsTakesThreeTables() {
        PageTable table = PageTable.stage1(space, Granule.KB4, 39).map(0x12_3456_7000L, 0xABC_D000, 3, 0x740);
        assertEquals(1, table.startLevel());
        assertEquals(BASE, table.base());
        assertEquals(BASE + 0x1003, memory.read64(BASE + 0x48 * 8));
        assertEquals(BASE + 0x2003, memory.read64(BASE + 0x1000 + 0x1A2 * 8));
        assertEquals(0xABC_D743, memory.read64(BASE + 0x2000 + 0x167 * 8));
        assertEquals(BASE + 0x2000 + 0x167 * 8, table.descriptorAddress(0x12_3456_7000L, 3));
        assertEquals(0xABC_D743, table.peek(0x12_3456_7FFFL, 3));
    }

    @Test
    void mappingsShareTheTablesAboveThem() {
        PageTable table = PageTable.stage1(space, Granule.KB4, 39).mapPages(0x1F_F000, 0, 2, 0);
        assertEquals(BASE + 0x2000 + 511 * 8, table.descriptorAddress(0x1F_F000, 3));
        assertEquals(BASE + 0x3000, table.descriptorAddress(0x20_0000, 3));
        assertEquals(BASE + 0x1000 + 8, table.descriptorAddress(0x20_0000, 2));
    }

    @Test
    void blockEndsTheWalkAboveThePages() {
        PageTable table = PageTable.stage2(space, Granule.KB64, 42, 2).map(0x2_2000_0000L, 0x2000_0000, 2, 0x7FC);
        assertEquals(0x2000_07FD, memory.read64(BASE + 0x11 * 8));
        assertThrows(IllegalStateException.class, () -> table.descriptorAddress(0x2_2000_0000L, 3));
    }

    @Test
    void upperHalfIsIndexedWithoutItsLeadingOnes() {
        PageTable table = PageTable.stage1(space, Granule.KB16, 36).map(-1L, 0x4000, 3, 0);
        assertEquals(BASE + 0x7FF * 8, table.descriptorAddress(-1L, 2));
        assertEquals(0x4003, table.peek(-1L, 3));
    }

    /** Granule, IPA bits, start level, the next base that is aligned to all concatenated tables, an IPA, and its descriptor. */
    @ParameterizedTest
    @CsvSource({
        "KB4, 40, 1, 0x102000, 0xFFFFFFFFFF, 0x1FF8", "KB4, 43, 1, 0x110000, 0x7FFFFFFFFFF, 0xFFF8",
        "KB4, 34, 2, 0x110000, 0x200000, 8", "KB4, 31, 1, 0x100040, 0x7FFFFFFF, 8",
        "KB16, 26, 3, 0x108000, 0x2000000, 0x4000", "KB64, 33, 3, 0x200000, 0x1FFFFFFFF, 0xFFFF8",
    })
    void concatenatedTablesAreAlignedAndSelectedByTheTopBits(
            Granule granule, int bits, int level, String base, String ipa, String offset) {
        new LinearStreamTable(space, 0);
        PageTable table = PageTable.stage2(space, granule, bits, level);
        assertEquals(Long.decode(base), table.base());
        assertEquals(Long.decode(base) + Long.decode(offset), table.descriptorAddress(Long.decode(ipa), level));
    }

    @ParameterizedTest
    @CsvSource({"KB4, 48, 0, 2", "KB4, 40, 1, 1", "KB4, 32, 2, 0", "KB4, 20, 3, 3", "KB16, 40, 2, 1", "KB64, 48, 1, 2"})
    void sl0IsTheCodeOfTheStartLevel(Granule granule, int bits, int level, int sl0) {
        assertEquals(sl0, PageTable.stage2(space, granule, bits, level).s2sl0());
    }

    @Test
    void startLevelMustFitTheInput() {
        assertThrows(IllegalArgumentException.class, () -> PageTable.stage2(space, Granule.KB4, 44, 1));
        assertThrows(IllegalArgumentException.class, () -> PageTable.stage2(space, Granule.KB4, 30, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PageTable.stage1(space, Granule.KB4, 39).map(0, 0x800, 3, 0));
    }

    @Test
    void pointersOfAGuestHoldWhatTheFunctionSays() {
        PageTable table = PageTable.stage1(space.seenAs(address -> address + 0x5000_0000L), Granule.KB4, 39)
                .map(0, 0x7000, 3, 0);
        assertEquals(BASE + 0x5000_0000L, table.base());
        assertEquals(BASE + 0x5000_1003L, memory.read64(BASE));
        assertEquals(0x7003, memory.read64(BASE + 0x2000));
    }

    @Test
    void otherByteOrderReversesDescriptorsInMemoryAlone() {
        PageTable table =
                PageTable.stage1(space, Granule.KB4, 30).inOtherByteOrder().map(0, 0x1234_5000, 3, 0x400);
        assertEquals(0x0354_3412_0000_0000L, memory.read64(table.descriptorAddress(0, 3)));
        assertEquals(0x1234_5403, table.peek(0, 3));
        table.set(0, 3, 1L << 53);
        assertEquals(0x0354_3412_0000_2000L, memory.read64(table.descriptorAddress(0, 3)));
    }

    @Test
    void addressesAbove48BitsMoveDownInLargePages() {
        PageTable table = PageTable.stage1(space, Granule.KB64, 42).map(0, 0xF_0000_1234_0000L, 3, 0);
        assertEquals(0x1234_F003L, table.peek(0, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> PageTable.stage1(space, Granule.KB4, 39).map(0, 1L << 48, 3, 0));
    }
}
