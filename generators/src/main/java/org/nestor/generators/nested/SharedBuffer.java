package org.nestor.generators.nested;

import java.util.Optional;
import org.nestor.iommu.UserBuffer;

/** A virtualizer's memory that another of its threads writes to once a call has read it to its end, should the call read it again. */
final class SharedBuffer implements UserBuffer {
    private final UserBuffer later;
    private final int end;
    private UserBuffer content;

    /**
     * Memory that changes once.
     *
     * @param end bytes of what is read
     */
    SharedBuffer(UserBuffer content, UserBuffer later, int end) {
        this.content = content;
        this.later = later;
        this.end = end;
    }

    @Override
    public Optional<byte[]> read(int offset, int length) {
        Optional<byte[]> read = content.read(offset, length);
        if (offset + length == end) {
            content = later;
        }
        return read;
    }
}
