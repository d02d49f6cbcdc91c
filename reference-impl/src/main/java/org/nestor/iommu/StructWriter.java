package org.nestor.iommu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Lays out a structure of the API: little-endian fields one after the other, the rest zero. */
public final class StructWriter {
    private final ByteBuffer bytes;

    public StructWriter(int size) {
        this.bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    public StructWriter u8(int value) {
        bytes.put((byte) value);
        return this;
    }

    public StructWriter u16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    public StructWriter u32(long value) {
        bytes.putInt((int) value);
        return this;
    }

    public StructWriter u64(long value) {
        bytes.putLong(value);
        return this;
    }

    public StructWriter bytes(byte[] value) {
        bytes.put(value);
        return this;
    }

    /** Goes on at an offset. */
    public StructWriter at(int offset) {
        bytes.position(offset);
        return this;
    }

    public byte[] toBytes() {
        return bytes.array().clone();
    }
}
