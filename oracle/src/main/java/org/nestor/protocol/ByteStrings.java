package org.nestor.protocol;

import java.util.HexFormat;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;

/** Byte strings as lines hold them: hexadecimal digits, or an integer and its size. */
public final class ByteStrings {
    private ByteStrings() {}

    /** The bytes of a string of hexadecimal digits without prefix. */
    public static Bytes ofHex(String digits) {
        return Bytes.of(HexFormat.of().parseHex(digits));
    }

    /** The low {@code size} bytes (1 to 8) of a value, least significant first. */
    public static Bytes littleEndian(long value, int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (value >>> (8 * i));
        }
        return Bytes.of(content);
    }

    /** The bytes, at most eight, as an unsigned value, least significant first. */
    static long littleEndian(Bytes bytes) {
        byte[] content = bytes.toArray();
        long value = 0;
        for (int i = content.length - 1; i >= 0; i--) {
            value = value << 8 | content[i] & 0xff;
        }
        return value;
    }

    /** Lower-case hexadecimal digits in a string. */
    public static Json json(Bytes bytes) {
        return new Json.Text(bytes.toString());
    }
}
