package org.nestor.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class BytesTests {
    private final byte[] source = {1, (byte) 0xAB, 0};
    private final Bytes bytes = Bytes.of(source);

    @Test
    void contentDoesNotChangeWithTheArrayThatItCameFromNorWithTheOneGivenOut() {
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertArrayEquals(new byte[] {1, (byte) 0xAB, 0}, bytes.toArray());
        assertEquals(3, bytes.length());
    }

    @Test
    void equalContentIsEqual() {
        assertEquals(Bytes.of(new byte[] {1, (byte) 0xAB, 0}), bytes);
        assertEquals(Bytes.of(new byte[] {1, (byte) 0xAB, 0}).hashCode(), bytes.hashCode());
        assertNotEquals(Bytes.EMPTY.hashCode(), bytes.hashCode());
        assertNotEquals(Bytes.of(new byte[] {1, (byte) 0xAB}), bytes);
        assertNotEquals(Bytes.of(new byte[] {1, (byte) 0xAB, 1}), bytes);
        assertNotEquals(bytes, (Object) "01ab00");
    }

    @Test
    void textIsLowerCaseHexadecimal() {
        assertEquals("01ab00", bytes.toString());
        assertEquals("", Bytes.EMPTY.toString());
    }
}
