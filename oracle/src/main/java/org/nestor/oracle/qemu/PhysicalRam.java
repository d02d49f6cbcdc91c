package org.nestor.oracle.qemu;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.nestor.protocol.MemoryWindow;

/**
 * The machine's RAM. It is a sparse file that QEMU and this program both map, so that reading and writing it costs no round
 * trip, and so that wherever a stray DMA has written, zeroing the whole of it is cheap.
 *
 * <p>Nobody here waits for QEMU: whoever uses it sees to it that QEMU has done what it was told before.
 */
final class PhysicalRam implements AutoCloseable {
    /** Where it is in the machine, and how large. */
    static final MemoryWindow WINDOW = new MemoryWindow(0x4000_0000L, 256L << 20, false);

    private final RandomAccessFile file;
    private final MappedByteBuffer bytes;

    /** Makes a file of zeros. */
    PhysicalRam(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(WINDOW.size());
        this.bytes = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, WINDOW.size());
    }

    /** True when all {@code length} bytes from {@code address} on are RAM. */
    static boolean holds(long address, int length) {
        return WINDOW.contains(address, length);
    }

    byte[] read(long address, int length) {
        byte[] content = new byte[length];
        bytes.get(index(address, length), content);
        return content;
    }

    void write(long address, byte[] content) {
        bytes.put(index(address, content.length), content);
    }

    private static int index(long address, int length) {
        if (!holds(address, length)) {
            throw new IllegalArgumentException("no RAM at 0x" + Long.toHexString(address));
        }
        return (int) (address - WINDOW.base());
    }

    /** Makes all of it zero. QEMU must be idle. */
    void zero() {
        try {
            file.setLength(0);
            file.setLength(WINDOW.size());
        } catch (IOException e) {
            throw LostPeerException.died("its memory cannot be zeroed: " + e.getMessage());
        }
    }

    /** Gives back what it occupied, which a mapping would keep. QEMU must have ended, and nobody may look at it again. */
    @Override
    public void close() throws IOException {
        file.setLength(0);
        file.close();
    }
}
