package org.nestor.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import org.nestor.protocol.json.Json;

/** An immutable string of bytes, lowest address first. */
public final class Bytes {
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte... content) {
        return new Bytes(content.clone());
    }

    /** The bytes of a string of hexadecimal digits without prefix. */
    public static Bytes ofHex(String digits) {
        return new Bytes(HEX.parseHex(digits));
    }

    /** The low {@code size} bytes (1 to 8) of a value, least significant first. */
    public static Bytes littleEndian(long value, int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (value >>> (8 * i));
        }
        return new Bytes(content);
    }

    /** The first (at most eight) bytes as an unsigned value, least significant first. */
    public long littleEndian() {
        long value = 0;
        for (int i = Math.min(content.length, Long.BYTES) - 1; i >= 0; i--) {
            value = value << 8 | content[i] & 0xff;
        }
        return value;
    }

    /** The number of bytes. */
    public int length() {
        return content.length;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The bytes as lower-case hexadecimal digits in a JSON string. */
    public Json json() {
        return new Json.Text(toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.formatHex(content);
    }
}
