package org.nestor.memory;

/**
 * A contiguous window of physical addresses that answers accesses.
 *
 * @param base first address, a multiple of 4 KiB
 * @param size bytes, a positive multiple of 4 KiB; {@code base + size} does not pass 2^63
 * @param device whether the window belongs to a device and not to RAM
 */
public record MemoryRegion(long base, long size, boolean device) {

    /** Regions begin and end on multiples of this many bytes. */
    public static final long ALIGNMENT = 4096;

    public MemoryRegion {
        if (base < 0 || size <= 0 || base + size < 0 || base % ALIGNMENT != 0 || size % ALIGNMENT != 0) {
            throw new IllegalArgumentException("region of " + size + " bytes at 0x" + Long.toHexString(base)
                    + ": base and size must be multiples of 4096 and stay below 2^63");
        }
    }

    public static MemoryRegion ram(long base, long size) {
        return new MemoryRegion(base, size, false);
    }

    public boolean contains(long address) {
        return Long.compareUnsigned(address - base, size) < 0;
    }
}
