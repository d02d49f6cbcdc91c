package org.nestor.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryRegionTests {

    @Test
    void containsItsBytesAndNoOthers() {
        MemoryRegion region = MemoryRegion.ram(0x2000, 0x1000);
        assertFalse(region.contains(0x1FFF));
        assertTrue(region.contains(0x2000));
        assertTrue(region.contains(0x2FFF));
        assertFalse(region.contains(0x3000));
        assertFalse(region.contains(-1));
        assertFalse(region.contains(Long.MIN_VALUE));
    }

    @Test
    void mayBeginAtZeroAndEndBelowTheHighestAddress() {
        assertTrue(MemoryRegion.ram(0, 0x1000).contains(0));
        assertTrue(MemoryRegion.ram(Long.MAX_VALUE - 0x1FFF, 0x1000).contains(Long.MAX_VALUE - 0x1FFF));
    }

    @ParameterizedTest
    @CsvSource({
        "-0x1000, 0x1000",
        "0x1000, 0",
        "0x1000, -0x1000",
        "0x800, 0x1000",
        "0x1000, 0x1800",
        "0x7FFFFFFFFFFFF000, 0x1000",
        "0x7FFFFFFFFFFFE000, 0x3000"
    })
    void windowThatIsNoneIsRefused(String base, String size) {
        assertThrows(IllegalArgumentException.class, () -> MemoryRegion.ram(Long.decode(base), Long.decode(size)));
    }

    @Test
    void regionsEndOnPages() {
        assertEquals(4096, MemoryRegion.ALIGNMENT);
    }
}
