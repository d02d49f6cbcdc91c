package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** Programs that are started as QEMU and are none, or do not get far. */
class QemuLauncherTests {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder = Path.of("");

    private Path script(String... lines) throws IOException {
        Path file = folder.resolve("qemu");
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    private Reply.Failure failure(Path binary, Duration patience) {
        try (QemuImplementation qemu = new QemuLauncher(binary, patience).start()) {
            Reply first = qemu.send(new Request.Step());
            assertEquals(first, qemu.send(new Request.Step()));
            return assertInstanceOf(Reply.Failure.class, first);
        }
    }

    @Test
    void aProgramThatEndsDiedWithItsLastWords() throws IOException {
        Reply.Failure failure = failure(script("echo hello", "echo 'no machine' >&2", "echo", "exit 3"), LONG);
        assertEquals(
                new Reply.Failure(ErrorCode.DIED, "it did not start; exit code 3; it said last: no machine"), failure);
    }

    @Test
    void aProgramThatAbortsDiedByItsSignal() throws IOException {
        Reply.Failure failure = failure(script("kill -ABRT $$"), LONG);
        assertEquals(ErrorCode.DIED, failure.code());
        assertTrue(failure.message().startsWith("it did not start; ended by signal 6"), failure.message());
    }

    @Test
    void aProgramThatDoesNotConnectHangs() throws IOException {
        Reply.Failure failure = failure(script("exec sleep 600"), SHORT);
        assertEquals(new Reply.Failure(ErrorCode.HUNG, "it did not connect within 300 ms"), failure);
    }

    @Test
    void whatAQemuLacksIsLeftOutFromThenOn() throws IOException {
        Path log = folder.resolve("calls");
        Path binary = script(
                "case \"$*\" in",
                "*'-accel qtest'*) echo accelerator >> " + log + "; echo 'invalid accelerator qtest'; exit 1;;",
                "*iommu-testdev*) echo device >> " + log
                        + "; echo \"'iommu-testdev' is not a valid device model name\";;",
                "*) echo least >> " + log + "; echo 'as far as it gets'; exit 1;;",
                "esac");
        QemuLauncher launcher = new QemuLauncher(binary, LONG);
        launcher.start().close();
        launcher.start().close();
        assertEquals(List.of("accelerator", "device", "least", "least"), Files.readAllLines(log));
    }

    @Test
    void nothingStaysBehind() throws IOException {
        Path list = folder.resolve("arguments");
        failure(script("echo \"$@\" > " + list, "exit 1"), LONG);
        List<String> files = List.of(Files.readString(list).split("[ ,:=]+")).stream()
                .map(String::strip)
                .filter(word -> word.startsWith("/") && !word.equals("/dev/null"))
                .filter(word -> !word.startsWith("/machine"))
                .toList();
        assertEquals(3, files.size(), files::toString);
        files.forEach(file -> assertTrue(Files.notExists(Path.of(file)), file));
    }
}
