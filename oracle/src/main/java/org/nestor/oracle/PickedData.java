package org.nestor.oracle;

import org.nestor.memory.Bytes;
import org.nestor.protocol.ByteStrings;

/** What DMA writes write when their requests leave that open: bytes that tell the writes since a reset apart. */
public final class PickedData {
    private static final int FIRST = 0xfeed0000;

    private int writes;

    /** The data of the next write. */
    public Bytes next(int length) {
        byte[] word = ByteStrings.littleEndian(FIRST + writes++, Integer.BYTES).toArray();
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = word[i % Integer.BYTES];
        }
        return Bytes.of(data);
    }

    /** Begins again, as a reset does. */
    public void restart() {
        writes = 0;
    }
}
