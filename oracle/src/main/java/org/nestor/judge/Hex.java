package org.nestor.judge;

/** Numbers in verdicts. */
final class Hex {
    private Hex() {}

    static String of(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String of(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
