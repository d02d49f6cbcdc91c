package org.nestor.oracle.qemu;

import java.time.Duration;

/** The transfer registers of an {@code edu}. A transfer ends when a timer of 100 ms of virtual time does. */
final class EduTransfer {
    private static final int SOURCE = 0x80;
    private static final int DESTINATION = 0x88;
    private static final int COUNT = 0x90;
    private static final int COMMAND = 0x98;
    private static final int RUN = 1;
    private static final int TO_MEMORY = 2;
    private static final long BUFFER = 0x4_0000;
    private static final long DURATION_NS = 100_000_000;

    private final QtestLink qtest;
    private final long bar;
    private final Accelerator clock;
    private final Duration patience;

    /**
     * @param qtest the machine
     * @param bar physical address of the device's registers
     * @param clock how virtual time passes
     * @param patience how long a transfer may take in real time
     */
    EduTransfer(QtestLink qtest, long bar, Accelerator clock, Duration patience) {
        this.qtest = qtest;
        this.bar = bar;
        this.clock = clock;
        this.patience = patience;
    }

    /** Reads from an address into the buffer. */
    void toDevice(long address, int offset, int length) {
        run(address, BUFFER + offset, length, RUN);
    }

    /** Writes from the buffer to an address. */
    void toMemory(int offset, long address, int length) {
        run(BUFFER + offset, address, length, RUN | TO_MEMORY);
    }

    private void run(long source, long destination, int length, int command) {
        write(SOURCE, source);
        write(DESTINATION, destination);
        write(COUNT, length);
        write(COMMAND, command);
        if (clock == Accelerator.QTEST) {
            qtest.post(Qtest.clockStep(DURATION_NS));
        }
        long began = System.nanoTime();
        while ((qtest.value(Qtest.read(bar + COMMAND, Long.BYTES)) & RUN) != 0) {
            if (System.nanoTime() - began > patience.toNanos()) {
                throw LostPeerException.hung("a transfer did not end within " + patience.toMillis() + " ms");
            }
        }
    }

    private void write(int register, long value) {
        qtest.post(Qtest.write(bar + register, Long.BYTES, value));
    }
}
