package org.nestor.oracle;

/** Sees to it that a process and those it started end with this program, also when the program is told to stop. */
public final class ProcessGuard implements AutoCloseable {
    private final Process process;
    private final Thread hook;

    private ProcessGuard(Process process) {
        this.process = process;
        this.hook = new Thread(this::kill, "ends " + process.pid());
    }

    /** Begins to guard a process. */
    public static ProcessGuard over(Process process) {
        ProcessGuard guard = new ProcessGuard(process);
        try {
            Runtime.getRuntime().addShutdownHook(guard.hook);
        } catch (IllegalStateException alreadyStopping) {
            guard.kill();
        }
        return guard;
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends the process, and the guard. */
    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook finds nothing to do.
        }
    }
}
