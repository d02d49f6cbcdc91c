package org.nestor.oracle.qemu;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nestor.oracle.ProcessEnd;
import org.nestor.oracle.ProcessGuard;

/** The process of a QEMU, with what it says in a file. It does not outlive this program. */
final class QemuProcess implements AutoCloseable {
    private static final Duration PARTING = Duration.ofSeconds(2);
    private static final int LOG_TAIL = 4096;
    private static final int LINE_SHOWN = 300;

    private final Process process;
    private final ProcessGuard guard;
    private final RandomAccessFile log;

    private QemuProcess(Process process, RandomAccessFile log) {
        this.process = process;
        this.guard = ProcessGuard.over(process);
        this.log = log;
    }

    /**
     * Starts a QEMU.
     *
     * @param command the program and its arguments
     * @param log what it says is written here
     */
    static QemuProcess start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        return new QemuProcess(builder.start(), new RandomAccessFile(log.toFile(), "r"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, if it did. */
    Optional<String> end() {
        return ProcessEnd.of(process, PARTING);
    }

    /** The last line it said that is not empty. */
    Optional<String> lastWords() {
        List<String> said = tail().lines().filter(line -> !line.isBlank()).toList();
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(said.get(said.size() - 1).strip())
                        .map(line -> line.substring(0, Math.min(line.length(), LINE_SHOWN)));
    }

    private String tail() {
        try {
            log.seek(Math.max(0, log.length() - LOG_TAIL));
            byte[] bytes = new byte[LOG_TAIL];
            int count = Math.max(0, log.read(bytes));
            return new String(bytes, 0, count, StandardCharsets.UTF_8).replaceAll("[^\\P{Cc}\\n]", " ");
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends it at once: it has nothing to save. */
    @Override
    public void close() {
        guard.close();
        Optional<String> unused = end();
        try {
            log.close();
        } catch (IOException e) {
            // Nothing was written to it here.
        }
    }
}
