package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** When a program is started, and when again. */
class RestartingImplementationTests {
    private static final Request RESET = new Request.Reset(Map.of());
    private static final Request STEP = new Request.Step();
    private static final Reply IDLE = new Reply.Stepped(List.of());
    private static final String ANSWER = "case $x in *step*) echo '{\"completed\":[]}';; *) echo '{}';; esac;";

    @TempDir
    private Path folder = Path.of("");

    /** A program that notes each start, and answers as many requests as it is told. */
    private RestartingImplementation answering(int requests) {
        String program = "echo >> " + starts() + "; for i in $(seq " + requests + "); do read -r x || exit; " + ANSWER
                + " done; read -r x; exit 4";
        return new RestartingImplementation(() -> ProcessImplementation.start(program, Duration.ofSeconds(60)));
    }

    private Path starts() {
        return folder.resolve("starts");
    }

    private int started() throws IOException {
        return Files.exists(starts()) ? Files.readAllLines(starts()).size() : 0;
    }

    @Test
    void itIsStartedByTheFirstRequest() throws IOException {
        try (RestartingImplementation sut = answering(3)) {
            assertEquals(0, started());
            assertEquals(IDLE, sut.send(STEP));
            assertEquals(new Reply.Done(), sut.send(RESET));
            assertEquals(1, started(), "a reset of a living one starts none");
        }
    }

    @Test
    void afterADeathTheNextResetStartsItAnew() throws IOException {
        Reply death = new Reply.Failure(ErrorCode.DIED, "exit code 4");
        try (RestartingImplementation sut = answering(2)) {
            assertEquals(new Reply.Done(), sut.send(RESET));
            assertEquals(IDLE, sut.send(STEP));
            assertEquals(death, sut.send(STEP));
            assertEquals(death, sut.send(STEP));
            assertEquals(1, started());
            assertEquals(new Reply.Done(), sut.send(RESET));
            assertEquals(IDLE, sut.send(STEP));
            assertEquals(2, started());
        }
    }

    @Test
    void aDeathByResetIsToldAndTheNextResetTriesAgain() throws IOException {
        try (RestartingImplementation sut = answering(0)) {
            Reply death = new Reply.Failure(ErrorCode.DIED, "exit code 4");
            assertEquals(death, sut.send(RESET));
            assertEquals(death, sut.send(RESET));
            assertEquals(2, started());
        }
    }

    @Test
    void afterByeTheNextResetStartsItAnew() throws IOException {
        try (RestartingImplementation sut = answering(9)) {
            assertEquals(new Reply.Done(), sut.send(new Request.Bye()));
            assertEquals(new Reply.Failure(ErrorCode.DIED, "it was told to end"), sut.send(STEP));
            assertEquals(new Reply.Done(), sut.send(RESET));
            assertEquals(IDLE, sut.send(STEP));
            assertEquals(2, started());
        }
    }

    @Test
    void whatCannotBeStartedDied() {
        try (RestartingImplementation sut = new RestartingImplementation(() -> {
            throw new UncheckedIOException(new IOException("no shell"));
        })) {
            Reply failure = new Reply.Failure(ErrorCode.DIED, "it could not be started: java.io.IOException: no shell");
            assertEquals(failure, sut.send(STEP));
            assertEquals(failure, sut.send(RESET));
        }
    }
}
