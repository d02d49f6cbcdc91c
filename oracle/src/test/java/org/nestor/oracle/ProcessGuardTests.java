package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guarded process does not outlive the program that started it. */
class ProcessGuardTests {
    /** The bit of signal 2. */
    private static final long SIGINT = 1 << 1;

    /** Starts a process, guards it, tells its number and waits to be ended. */
    static final class Program {
        private Program() {}

        public static void main(String... arguments) throws IOException, InterruptedException {
            Process process = new ProcessBuilder("sleep", "600").start();
            ProcessGuard unused = ProcessGuard.over(process);
            System.out.println(process.pid());
            if (System.in.read() < 0) {
                throw new IllegalStateException("as a defect would end it");
            }
            process.waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "by itself"})
    void howeverTheProgramEndsSoDoesWhatItStarted(String how) throws Exception {
        assumeTrue(
                !how.equals("INT") || !interruptsAreIgnored(),
                "a program in the background inherits that SIGINT is ignored");
        Process program = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .start();
        try (BufferedReader out = program.inputReader()) {
            ProcessHandle started =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertTrue(started.isAlive());
            if (how.equals("by itself")) {
                program.getOutputStream().close();
            } else {
                String pid = Long.toString(program.pid());
                assertEquals(
                        0, new ProcessBuilder("kill", "-" + how, pid).start().waitFor());
            }
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
            started.onExit().get(60, TimeUnit.SECONDS);
            assertFalse(started.isAlive());
        } finally {
            program.destroyForcibly();
        }
    }

    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(
                                            line.substring("SigIgn:".length()).trim(), 16)
                                    & SIGINT)
                            != 0);
        }
    }
}
