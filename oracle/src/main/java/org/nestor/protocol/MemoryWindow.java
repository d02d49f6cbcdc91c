package org.nestor.protocol;

/**
 * A range of physical memory that an implementation has. An access outside all of them gets an external abort.
 *
 * @param base its first byte
 * @param size its bytes, more than 0
 * @param device whether it is a device's window and not memory
 */
public record MemoryWindow(long base, long size, boolean device) {
    public MemoryWindow {
        Limits.require(size != 0, "a memory window has at least one byte");
        Limits.require(Long.compareUnsigned(base, base + (size - 1)) <= 0, "a memory window ends within 64 bits");
    }

    /** True when all {@code length} (at least 1) bytes from {@code addr} on are within. */
    public boolean contains(long addr, long length) {
        long from = addr - base;
        return Long.compareUnsigned(from, size) < 0 && Long.compareUnsigned(length, size - from) <= 0;
    }
}
