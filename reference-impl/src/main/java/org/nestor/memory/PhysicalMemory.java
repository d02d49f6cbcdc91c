package org.nestor.memory;

import java.util.List;

/**
 * Physical memory. Quantities are little-endian; an access that touches a byte outside every region is answered with
 * {@link ExternalAbort} and changes nothing.
 */
public interface PhysicalMemory {

    /** The windows that answer accesses, in ascending order and without overlap. */
    List<MemoryRegion> regions();

    /**
     * Single-copy atomic read of an aligned doubleword.
     *
     * @param address multiple of 8
     */
    long read64(long address);

    /**
     * Single-copy atomic write of an aligned doubleword.
     *
     * @param address multiple of 8
     */
    void write64(long address, long value);

    /**
     * Atomic compare-and-swap of an aligned doubleword, as hardware updates of descriptors use it.
     *
     * @return whether memory held {@code expected} and now holds {@code value}
     */
    default boolean compareAndSet64(long address, long expected, long value) {
        if (read64(address) != expected) {
            return false;
        }
        write64(address, value);
        return true;
    }

    /** Reads {@code length} bytes at any alignment. */
    byte[] read(long address, int length);

    /** Writes all bytes of {@code data} at any alignment, or none of them. */
    void write(long address, byte[] data);

    /** Sets every byte of every region to zero. */
    void clear();
}
