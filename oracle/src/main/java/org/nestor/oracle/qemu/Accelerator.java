package org.nestor.oracle.qemu;

import java.util.List;

/** How a QEMU lets virtual time pass. Neither runs a processor, so both give the same answers. */
enum Accelerator {
    /** Time passes on command. Not every build has it. */
    QTEST("-accel", "qtest"),

    /** The processor is powered off, and an idle machine jumps to its next timer. */
    TCG("-accel", "tcg", "-icount", "shift=0,sleep=off", "-global", "cortex-a57-arm-cpu.start-powered-off=on");

    private final List<String> options;

    Accelerator(String... options) {
        this.options = List.of(options);
    }

    /** What to add to the command line. */
    List<String> options() {
        return options;
    }
}
