package org.nestor.vfio;

/** The entries of a ring as a process has them mapped. */
public final class RegionMapping {
    private final IndexRing ring;
    private final int start;
    private final int length;

    RegionMapping(IndexRing ring, int start, int length) {
        this.ring = ring;
        this.start = start;
        this.length = length;
    }

    public byte[] read(int offset, int count) {
        return ring.bytes(within(offset, count), count);
    }

    public void write(int offset, byte... bytes) {
        ring.poke(within(offset, bytes.length), bytes);
    }

    private int within(int offset, int count) {
        if (offset < 0 || count < 0 || offset + count > length) {
            throw new IllegalArgumentException(count + " bytes at " + offset + " of a mapping of " + length);
        }
        return start + offset;
    }
}
