package org.nestor.smmu.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;

class QueueArithmeticTests {
    private final QueueArithmetic arithmetic = new QueueArithmetic();

    @Test
    void sizeAboveTheMaximumActsAsTheMaximum() {
        assertEquals(8, arithmetic.log2Size(19, 8));
        assertEquals(8, arithmetic.log2Size(8, 8));
        assertEquals(0, arithmetic.log2Size(0, 8));
    }

    /** 2^2 entries of 32 bytes need 128 bytes of alignment; a single 16-byte entry needs 32. */
    @ParameterizedTest
    @CsvSource({"FFFFFFFFE0,2,32,FFFFFFFF80", "FFFFFFFFE0,0,16,FFFFFFFFE0", "FFFFFFFFE0,8,16,FFFFFFF000"})
    void baseAddressIsAlignedToTheQueue(String address, int log2Size, int entryBytes, String base) {
        assertEquals(
                Long.parseLong(base, 16), arithmetic.baseAddress(Long.parseLong(address, 16), log2Size, entryBytes));
    }

    @Test
    void emptyAndFullDifferInTheWrapFlag() {
        assertTrue(arithmetic.empty(0b1101, 0b1101, 3));
        assertFalse(arithmetic.full(0b1101, 0b1101, 3));
        assertTrue(arithmetic.full(0b0101, 0b1101, 3));
        assertFalse(arithmetic.empty(0b0101, 0b1101, 3));
        assertFalse(arithmetic.full(0b0100, 0b1101, 3));
    }

    @Test
    void queueOfOneEntryHasTheWrapFlagInBit0() {
        assertTrue(arithmetic.empty(1, 1, 0));
        assertTrue(arithmetic.full(1, 0, 0));
        assertEquals(0, arithmetic.increment(1, 0));
        assertEquals(0, arithmetic.index(1, 0));
    }

    @Test
    void incrementInvertsTheWrapFlagBehindTheLastEntry() {
        assertEquals(0b0111, arithmetic.increment(0b0110, 3));
        assertEquals(0b1000, arithmetic.increment(0b0111, 3));
        assertEquals(0b0000, arithmetic.increment(0b1111, 3));
    }

    @Test
    @Rule("A-REG-18")
    void bitsAboveTheWrapFlagAreIgnored() {
        assertTrue(arithmetic.empty(0xF_FFF5, 0x5, 3) == arithmetic.empty(0x5, 0x5, 3));
        assertEquals(arithmetic.increment(0x5, 3), arithmetic.increment(0xF_FFF5, 3));
        assertEquals(5, arithmetic.position(0xABCD5, 3));
    }

    @Test
    void filledCountsAcrossTheWrap() {
        assertEquals(3, arithmetic.filled(0b0001, 0b1110, 3));
        assertEquals(8, arithmetic.filled(0b1001, 0b0001, 3));
        assertEquals(15, arithmetic.filled(0b0001, 0b0010, 3));
    }

    @Test
    @Rule("A-CMQ-09")
    @Rule("A-EVQ-02")
    void entryAddressUsesTheIndexWithoutTheWrapFlag() {
        assertEquals(0x1000 + 5 * 16, arithmetic.entryAddress(0x1000, 0b1101, 3, 16));
        assertEquals(0x1000 + 7 * 32, arithmetic.entryAddress(0x1000, 0b0111, 3, 32));
    }
}
