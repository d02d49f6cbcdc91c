package org.nestor.oracle.qemu;

import java.util.HexFormat;

/** The words of qtest commands. Numbers are in the machine's byte order, which is little-endian. */
final class Qtest {
    private Qtest() {}

    /** Reads 1, 2, 4 or 8 bytes at a physical address; answers with their value. */
    static String read(long address, int size) {
        return "read" + width(size) + " 0x" + Long.toHexString(address);
    }

    /** Writes 1, 2, 4 or 8 bytes at a physical address. */
    static String write(long address, int size, long value) {
        return "write" + width(size) + " 0x" + Long.toHexString(address) + " 0x" + Long.toHexString(value);
    }

    /** Writes bytes from a physical address on. */
    static String write(long address, byte[] content) {
        return "write 0x" + Long.toHexString(address) + " 0x" + Integer.toHexString(content.length) + " 0x"
                + HexFormat.of().formatHex(content);
    }

    /** Lets virtual time pass; only the qtest accelerator understands it. */
    static String clockStep(long nanoseconds) {
        return "clock_step " + nanoseconds;
    }

    /** Reports from now on what the interrupt outputs of a device on the system bus do. */
    static String interceptInterrupts(String path) {
        return "irq_intercept_out " + path + " sysbus-irq";
    }

    private static char width(int size) {
        return switch (size) {
            case Byte.BYTES -> 'b';
            case Short.BYTES -> 'w';
            case Integer.BYTES -> 'l';
            case Long.BYTES -> 'q';
            default -> throw new IllegalArgumentException("no access has " + size + " bytes");
        };
    }
}
