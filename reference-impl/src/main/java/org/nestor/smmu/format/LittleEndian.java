package org.nestor.smmu.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Structures and queue entries as bytes in memory order: little-endian always, whatever the translation tables use. */
public final class LittleEndian {

    private LittleEndian() {}

    /** The doubleword at that index, counted in doublewords. */
    public static long doubleword(byte[] bytes, int index) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(index * Long.BYTES);
    }

    public static byte[] bytes(long... doublewords) {
        ByteBuffer buffer = ByteBuffer.allocate(doublewords.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long doubleword : doublewords) {
            buffer.putLong(doubleword);
        }
        return buffer.array();
    }
}
