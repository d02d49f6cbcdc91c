package org.nestor.oracle.qemu;

/** There is no QEMU to test. The message says how to get one. */
public final class QemuMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QemuMissingException(String what) {
        super("QEMU: " + what + "; on Debian 12 (bookworm), install version 10.0 with"
                + " \"apt-get install -t bookworm-backports qemu-system-arm\"");
    }
}
