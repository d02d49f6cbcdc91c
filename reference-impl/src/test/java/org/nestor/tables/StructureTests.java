package org.nestor.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.format.Granule;

class StructureTests {
    private static final long BASE = 0x10_0000;

    private final SparseMemory memory = SparseMemory.ram(0, 0x1_0000_0000L);
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(BASE, 0x1_0000_0000L));

    @Test
    void allocatorAlignsAndStopsAtTheLimit() {
        BumpAllocator allocator = new BumpAllocator(0x1010, 0x3000);
        assertEquals(0x1040, allocator.allocate(64, 64));
        assertEquals(0x2000, allocator.allocate(4096, 4096));
        assertEquals(0x3000, allocator.next());
        assertThrows(IllegalStateException.class, () -> allocator.allocate(1, 1));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(8, 24));
    }

    @Test
    void linearStreamTableDescribesItself() {
        LinearStreamTable table = new LinearStreamTable(space, 5);
        assertEquals(BASE, table.strtabBase());
        assertEquals(5, table.strtabBaseCfg());
        assertEquals(BASE + 31 * 64, table.put(31, Ste.bypass()));
        assertEquals(0b1001, memory.read64(BASE + 31 * 64));
        assertEquals(0x1000_0000_0000L, memory.read64(BASE + 31 * 64 + 8));
    }

    @Test
    void twoLevelStreamTableMakesLeavesOnDemand() {
        TwoLevelStreamTable table = new TwoLevelStreamTable(space, 16, 8);
        assertEquals(0x1_0210, table.strtabBaseCfg());
        assertEquals(BASE + 0x4000 + 0x34 * 64, table.put(0x1234, Ste.aborting()));
        assertEquals(BASE + 0x4000 | 9, memory.read64(BASE + 0x12 * 8));
        assertEquals(BASE + 0x4000, table.put(0x1200, Ste.aborting()));
        assertEquals(BASE + 0x8000, table.addLeaf(0x1300, 1));
        assertEquals(BASE + 0x8000 | 1, memory.read64(BASE + 0x13 * 8));
        assertThrows(IllegalStateException.class, () -> table.steAddress(0x1400));
    }

    @Test
    void cdTablesDescribeThemselves() {
        TwoLevelCdTable small = TwoLevelCdTable.of4K(space, 8);
        assertEquals(BASE + 0x1000 + 64, small.put(65, Cd.aarch64()));
        assertEquals(BASE + 0x1001, memory.read64(BASE + 8));
        Ste ste = Ste.stage1(small);
        assertEquals(0x4000_0000_0000_001BL | BASE, ste.line().dw0());
        TwoLevelCdTable large = TwoLevelCdTable.of64K(space, 8);
        assertEquals(2, large.s1Fmt());
        assertEquals(0x11_0000 + 65 * 64, large.put(65, Cd.aarch64()));
        LinearCdTable linear = new LinearCdTable(space.seenAs(address -> address + 0x1000_0000L), 3);
        assertEquals(0x12_0000 + 0x1000_0000L, linear.s1ContextPtr());
        assertEquals(0x12_0000 + 7 * 64, linear.put(7, Cd.aarch64()));
    }

    @Test
    void cdTakesItsFieldsFromTheTables() {
        PageTable lower = PageTable.stage1(space, Granule.KB16, 36);
        PageTable upper = PageTable.stage1(space, Granule.KB64, 48);
        Cd cd = Cd.of(lower).tt1(upper).asid(0xABCD);
        assertEquals(0xABCD_6205_80D0_009CL, cd.line().dw0());
        assertEquals(BASE, cd.line().dw1());
        assertEquals(BASE + 0x4000, cd.line().dw2());
    }

    @Test
    void steTakesItsFieldsFromTheStage2Table() {
        Ste ste = Ste.stage2(PageTable.stage2(space, Granule.KB16, 40, 2)).s2vmid(0x1234);
        assertEquals(0b1101, ste.line().dw0());
        assertEquals(0x040D_8058_0000_1234L, ste.line().dw2());
        assertEquals(BASE, ste.line().dw3());
    }

    @Test
    void pointerThatItsFieldCannotHoldIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Ste.bypass().s1ContextPtr(0x1020));
        assertThrows(IllegalArgumentException.class, () -> Cd.aarch64().ttb0(1L << 52));
    }
}
