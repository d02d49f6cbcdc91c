package org.nestor.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HexInputTests {

    @ParameterizedTest
    @CsvSource({
        "46000000000000001122334455667788",
        "46 00 00 00 00 00 00 00 11 22 33 44 55 66 77 88",
        "4600000000000000 1122334455667788",
        "0x46 0x8877665544332211",
        "0X46 0x8877665544332211"
    })
    void bytesAreInMemoryOrderAndDoublewordsAreNumbers(String words) throws MalformedInputException {
        long[] expected = {0x46, 0x8877_6655_4433_2211L};

        assertArrayEquals(expected, HexInput.doublewords("a command", 2, List.of(words)));
        assertArrayEquals(expected, HexInput.doublewords("a command", 2, Arrays.asList(words.split(" ", -1))));
    }

    @ParameterizedTest
    @CsvSource({
        "'0x1', found 1 doubleword: expected 2 for a command",
        "'0x1 0x2 0x3', found 3 doublewords: expected 2 for a command",
        "'0x1 2', found words with and without 0x: expected doublewords (all with 0x) or bytes (none with 0x)",
        "'0x 0x1', found '0x': expected 1 to 16 hex digits",
        "'0x1 0x12345678123456781', found '0x12345678123456781': expected 1 to 16 hex digits",
        "'0x1 0x1g', found 'g' in '0x1g': expected hex digits",
        "'1g', found 'g' in '1g': expected hex digits",
        "'123', found 3 hex digits: expected 32 (16 bytes) for a command",
        "'0x1 -1', found words with and without 0x: expected doublewords (all with 0x) or bytes (none with 0x)",
        "'', found 0 hex digits: expected 32 (16 bytes) for a command"
    })
    void anythingElseIsRefusedWithWhatWasFoundAndExpected(String words, String message) {
        MalformedInputException refusal =
                assertThrows(MalformedInputException.class, () -> HexInput.doublewords("a command", 2, List.of(words)));

        assertEquals(message, refusal.getMessage());
    }

    @Test
    void numbersMayHaveAPrefix() throws MalformedInputException {
        assertEquals(-1L, HexInput.number("ffffffffffffffff"));
        assertEquals(0x20, HexInput.number("0x20"));
    }
}
