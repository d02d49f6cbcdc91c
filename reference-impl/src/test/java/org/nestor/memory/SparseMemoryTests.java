package org.nestor.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseMemoryTests {
    private static final long SIZE = 1L << 40;

    /** Pages at distances that any table of pages has to spread: dense, and by powers of two. */
    @ParameterizedTest
    @ValueSource(longs = {0x1000, 0x2000, 0x100_0000, 0x1000_0000})
    void keepsEveryPageOfManyApart(long distance) {
        SparseMemory memory = SparseMemory.ram(0, SIZE);
        long[] pages = LongStream.range(0, 3000).map(i -> i * distance).toArray();
        for (long page : pages) {
            memory.write64(page + 8, ~page);
        }
        for (long page : pages) {
            assertEquals(~page, memory.read64(page + 8));
            assertEquals(0, memory.read64(page));
            assertEquals(0, memory.read64(page + 0xFF8));
        }
    }

    @Test
    void doublewordsAreLittleEndian() {
        SparseMemory memory = SparseMemory.ram(0, 0x1000);
        memory.write64(0x10, 0x0807060504030201L);
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, memory.read(0x10, 8));
        assertArrayEquals(new byte[] {0, 1}, memory.read(0xF, 2));
    }

    @Test
    void regionsAreInAscendingOrder() {
        MemoryRegion low = MemoryRegion.ram(0x1000, 0x1000);
        MemoryRegion device = new MemoryRegion(0x2000, 0x1000, true);
        assertEquals(List.of(low, device), new SparseMemory(List.of(device, low)).regions());
    }

    @Test
    void regionsThatOverlapAreRefused() {
        List<MemoryRegion> overlapping = List.of(
                MemoryRegion.ram(0x8000, 0x1000), MemoryRegion.ram(0x1000, 0x2000), MemoryRegion.ram(0x2000, 0x1000));
        String message = assertThrows(IllegalArgumentException.class, () -> new SparseMemory(overlapping))
                .getMessage();
        assertEquals("memory regions overlap at 0x2000", message);
    }

    @Test
    void doublewordOutsideEveryRegionAborts() {
        SparseMemory memory = SparseMemory.ram(0x1000, 0x1000);
        assertEquals(
                0xFF8,
                assertThrows(ExternalAbort.class, () -> memory.read64(0xFF8)).address());
        assertEquals(
                0x2000,
                assertThrows(ExternalAbort.class, () -> memory.write64(0x2000, 1))
                        .address());
        assertEquals(0, memory.read64(0x1FF8));
    }

    @Test
    void compareAndSetStoresOnlyOverTheExpectedValue() {
        PhysicalMemory memory = SparseMemory.ram(0, 0x1000);
        assertFalse(memory.compareAndSet64(8, 1, 2));
        assertEquals(0, memory.read64(8));
        assertTrue(memory.compareAndSet64(8, 0, 2));
        assertEquals(2, memory.read64(8));
    }
}
