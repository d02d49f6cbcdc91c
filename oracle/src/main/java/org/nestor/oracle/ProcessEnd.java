package org.nestor.oracle;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Says how a process ended. */
public final class ProcessEnd {
    private static final int SIGNAL_BASE = 128;

    private ProcessEnd() {}

    /** Its exit code or the signal that ended it; empty if it does not end in time. */
    public static Optional<String> of(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        int code = process.exitValue();
        return Optional.of(code > SIGNAL_BASE ? "ended by signal " + (code - SIGNAL_BASE) : "exit code " + code);
    }
}
