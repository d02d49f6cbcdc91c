package org.nestor.vfio;

import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.rule.Rule;

/**
 * A region that holds a ring: a header page with two indexes, then the entries. User space moves one index by {@code write}, the
 * kernel the other, and the entries may be mapped.
 */
class IndexRing {
    static final int ENTRIES = 512;

    private static final int HEADER_BYTES = 20;
    private static final int INDEX_BYTES = 4;
    private static final int USER_INDEX = 0;
    private static final int KERNEL_INDEX = 16;

    private final byte[] content;
    private final int entryBytes;
    private final int page;

    /** An empty ring behind a header page of {@code page} bytes. */
    @Rule("R-REG-09")
    @Rule("R-REG-27")
    IndexRing(int entryBytes, int page) {
        this.entryBytes = entryBytes;
        this.page = page;
        int entries = (entryBytes * ENTRIES + page - 1) / page * page;
        this.content = new StructWriter(entries + page)
                .u32(0)
                .u32(entryBytes)
                .u32(ENTRIES)
                .u32(page)
                .u32(0)
                .toBytes();
    }

    int size() {
        return content.length;
    }

    int page() {
        return page;
    }

    byte[] bytes(int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(content, offset, copy, 0, length);
        return copy;
    }

    /** Changes entries, as a process does that has them mapped. */
    @Rule("R-REG-15")
    @Rule("R-REG-19")
    void poke(int offset, byte[] bytes) {
        if (offset < page) {
            throw new IllegalArgumentException("the header is not mapped");
        }
        System.arraycopy(bytes, 0, content, offset, bytes.length);
    }

    int userIndex() {
        return (int) UserBuffer.u32(content, USER_INDEX);
    }

    int kernelIndex() {
        return (int) UserBuffer.u32(content, KERNEL_INDEX);
    }

    void setUserIndex(int value) {
        put(USER_INDEX, value);
    }

    void setKernelIndex(int value) {
        put(KERNEL_INDEX, value);
    }

    private void put(int offset, int value) {
        System.arraycopy(new StructWriter(INDEX_BYTES).u32(value).toBytes(), 0, content, offset, INDEX_BYTES);
    }

    byte[] entry(int index) {
        return bytes(page + index * entryBytes, entryBytes);
    }

    void setEntry(int index, byte[] bytes) {
        System.arraycopy(bytes, 0, content, page + index * entryBytes, bytes.length);
    }

    /** Whether that is where user space's index is, and all of it. */
    @Rule("R-REG-12")
    static boolean isUserIndex(long position, int count) {
        return position == USER_INDEX && count == INDEX_BYTES;
    }

    static int headerBytes() {
        return HEADER_BYTES;
    }
}
