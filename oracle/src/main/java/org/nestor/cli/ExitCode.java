package org.nestor.cli;

/** What the command line says to its caller, from the best to the worst. */
enum ExitCode {
    CONFORMS(0),
    INDETERMINATE(4),
    DIVERGES(1),
    DIED(3),
    BAD_INPUT(2);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number for the operating system. */
    int code() {
        return code;
    }

    /** The worse of two. */
    ExitCode worst(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
