package org.nestor.iommu;

import java.util.Optional;

/** Memory of the calling process from some address on. Whatever lies beyond its readable part faults. */
@FunctionalInterface
public interface UserBuffer {

    /**
     * Copies from user space.
     *
     * @return the bytes, or nothing if not all of them can be read
     */
    Optional<byte[]> read(int offset, int length);

    /** Memory that holds these bytes and ends behind them. */
    static UserBuffer of(byte... content) {
        byte[] bytes = content.clone();
        return (offset, length) -> {
            if (offset < 0 || length > bytes.length - offset) {
                return Optional.empty();
            }
            byte[] copy = new byte[length];
            System.arraycopy(bytes, offset, copy, 0, length);
            return Optional.of(copy);
        };
    }

    /** The same memory from a later address on. */
    default UserBuffer from(int start) {
        return (offset, length) -> read(start + offset, length);
    }

    /** An unsigned 32-bit little-endian number in copied bytes. */
    static long u32(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 3; i >= 0; i--) {
            value = value << 8 | bytes[offset + i] & 0xFF;
        }
        return value;
    }

    /** A 64-bit little-endian number in copied bytes. */
    static long u64(byte[] bytes, int offset) {
        return u32(bytes, offset) | u32(bytes, offset + 4) << 32;
    }

    /** An unsigned byte. */
    static int u8(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF;
    }
}
