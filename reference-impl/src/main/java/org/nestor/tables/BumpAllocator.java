package org.nestor.tables;

/** Hands out ascending, aligned, never overlapping pieces of a range of addresses. Nothing is ever given back. */
public final class BumpAllocator {
    private final long limit;
    private long next;

    /**
     * Allocates from {@code base} on.
     *
     * @param base first address
     * @param limit first address beyond the range
     */
    public BumpAllocator(long base, long limit) {
        if (base < 0 || limit < base) {
            throw new IllegalArgumentException(
                    "range from 0x" + Long.toHexString(base) + " to 0x" + Long.toHexString(limit));
        }
        this.next = base;
        this.limit = limit;
    }

    /**
     * The next piece.
     *
     * @param size bytes
     * @param alignment power of two
     * @throws IllegalStateException if the range has no such piece left
     */
    public long allocate(long size, long alignment) {
        if (Long.bitCount(alignment) != 1 || size < 0) {
            throw new IllegalArgumentException(size + " bytes aligned to " + alignment);
        }
        long start = (next + alignment - 1) / alignment * alignment;
        if (start < next || start > limit || size > limit - start) {
            throw new IllegalStateException(size + " bytes do not fit below 0x" + Long.toHexString(limit));
        }
        next = start + size;
        return start;
    }

    /** The first address that was not handed out yet. */
    public long next() {
        return next;
    }
}
