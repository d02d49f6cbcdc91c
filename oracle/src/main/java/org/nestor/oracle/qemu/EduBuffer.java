package org.nestor.oracle.qemu;

import org.nestor.memory.Bytes;

/** The buffer of an {@code edu}, which can be reached by its own transfers alone. */
final class EduBuffer {
    private static final int WRITES = 0;
    private static final int READS = EduPort.BUFFER_BYTES / 2;

    private final EduTransfer transfer;
    private final SmmuPort smmu;
    private final PhysicalRam ram;
    private Bytes loaded = Bytes.EMPTY;

    EduBuffer(EduTransfer transfer, SmmuPort smmu, PhysicalRam ram) {
        this.transfer = transfer;
        this.smmu = smmu;
        this.ram = ram;
    }

    /** Makes these bytes, at most a buffer's worth, the ones that {@link #write} writes. */
    void load(Bytes data) {
        if (!data.equals(loaded)) {
            loaded = Bytes.EMPTY;
            untranslated(data.length(), scratch -> {
                ram.write(scratch, data.toArray());
                transfer.toDevice(scratch, WRITES, data.length());
            });
            loaded = data;
        }
    }

    /** Writes what was loaded last to an input address. */
    void write(long iova) {
        transfer.toMemory(WRITES, iova, loaded.length());
    }

    /** What a read of an input address delivers. */
    Bytes read(long iova, int length) {
        boolean apart = length <= EduPort.BUFFER_BYTES - READS && loaded.length() <= READS;
        int at = apart ? READS : WRITES;
        if (!apart) {
            loaded = Bytes.EMPTY;
        }
        transfer.toDevice(iova, at, length);
        byte[] delivered = new byte[length];
        untranslated(length, scratch -> {
            transfer.toMemory(at, scratch, length);
            System.arraycopy(ram.read(scratch, length), 0, delivered, 0, length);
        });
        return Bytes.of(delivered);
    }

    /** A transfer that goes around translation, to or from a physical address. */
    private interface Untranslated {
        void at(long scratch);
    }

    /** The end of RAM is borrowed for it, and given back as it was. */
    private void untranslated(int length, Untranslated use) {
        long scratch = PhysicalRam.WINDOW.base() + PhysicalRam.WINDOW.size() - EduPort.BUFFER_BYTES;
        new Bypass(smmu).during(() -> {
            byte[] borrowed = ram.read(scratch, length);
            use.at(scratch);
            ram.write(scratch, borrowed);
        });
    }
}
