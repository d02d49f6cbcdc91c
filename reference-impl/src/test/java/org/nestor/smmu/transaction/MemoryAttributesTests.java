package org.nestor.smmu.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryAttributesTests {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0b0100, 0b1000, 0b1100, 16, 17})
    void reservedTypesAreRefused(int memAttr) {
        assertThrows(IllegalArgumentException.class, () -> new MemoryAttributes(memAttr, Shareability.INNER_SHAREABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, 0, 0",
        "3, true, 0, 3",
        "5, false, 1, 1",
        "7, false, 1, 3",
        "9, false, 2, 1",
        "13, false, 3, 1",
        "15, false, 3, 3"
    })
    void typeIsDeviceOrHasTwoCacheabilities(int memAttr, boolean device, int outer, int inner) {
        MemoryAttributes attributes = new MemoryAttributes(memAttr, Shareability.NON_SHAREABLE);
        assertEquals(device, attributes.isDevice());
        assertEquals(outer, attributes.outer());
        assertEquals(inner, attributes.inner());
    }
}
