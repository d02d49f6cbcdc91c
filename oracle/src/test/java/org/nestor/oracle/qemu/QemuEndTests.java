package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nestor.oracle.RestartingImplementation;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** A QEMU that dies or stops answering. */
@RequiresQemu
class QemuEndTests {
    private static final Request RESET = new Request.Reset(Map.of());
    private static final Request READ = new Request.RegRead(new RegisterRef.Named("CR0"));
    private static final Request WRITE = new Request.RegWrite(new RegisterRef.Named("CR0"), 0);

    private static RestartingImplementation start(Duration patience) {
        return new RestartingImplementation(new QemuLauncher(QemuLocator.find(), patience)::start);
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    /** Starts it and sends a signal to the one process that this started. */
    private static void signal(RestartingImplementation sut, String name) throws IOException, InterruptedException {
        Set<ProcessHandle> before = children();
        assertEquals(new Reply.Done(), sut.send(RESET));
        Set<ProcessHandle> started = children();
        started.removeAll(before);
        assertEquals(1, started.size());
        long pid = started.iterator().next().pid();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor());
    }

    private static Reply.Failure failure(ErrorCode code, Reply reply) {
        Reply.Failure failure = assertInstanceOf(Reply.Failure.class, reply);
        assertEquals(code, failure.code(), failure.message());
        return failure;
    }

    @Test
    void anAbortIsADeathWithItsSignalAndTheNextResetStartsAnew() throws Exception {
        try (RestartingImplementation sut = start(Duration.ofSeconds(30))) {
            signal(sut, "ABRT");
            Reply.Failure death = failure(ErrorCode.DIED, sut.send(READ));
            String expected =
                    "it closed its connection (at the command readl 0x9050020); ended by signal 6; it said last: ";
            assertTrue(death.message().startsWith(expected), death.message());
            assertEquals(death, sut.send(READ));
            assertEquals(new Reply.Done(), sut.send(RESET));
            assertEquals(new Reply.Value(0), sut.send(READ));
        }
    }

    @Test
    void aDeathBehindPostedWritesIsSeenByWhateverComesNext() throws Exception {
        try (RestartingImplementation sut = start(Duration.ofSeconds(30))) {
            signal(sut, "KILL");
            assertEquals(new Reply.Done(), sut.send(WRITE));
            Reply.Failure death = failure(ErrorCode.DIED, sut.send(new Request.MemRead(0x4000_0000L, 1)));
            String expected = "it closed its connection (at the command writel 0x9050020 0x0); ended by signal 9";
            assertTrue(death.message().startsWith(expected), death.message());
        }
    }

    @Test
    void aDeathAtResetIsToldByThatResetAndOverByTheNext() throws Exception {
        try (RestartingImplementation sut = start(Duration.ofSeconds(30))) {
            signal(sut, "KILL");
            failure(ErrorCode.DIED, sut.send(RESET));
            assertEquals(new Reply.Done(), sut.send(RESET));
        }
    }

    @Test
    void silenceIsAHangAndTheNextResetStartsAnew() throws Exception {
        try (RestartingImplementation sut = start(Duration.ofSeconds(2))) {
            signal(sut, "STOP");
            Reply.Failure hang = failure(ErrorCode.HUNG, sut.send(READ));
            assertTrue(hang.message().startsWith("no answer within 2000 ms"), hang.message());
            assertEquals(new Reply.Done(), sut.send(RESET));
            assertEquals(new Reply.Value(0), sut.send(READ));
        }
    }

    @Test
    void noProcessIsLeftBehind() {
        Set<ProcessHandle> before = children();
        try (RestartingImplementation sut = start(Duration.ofSeconds(30))) {
            assertEquals(new Reply.Value(0), sut.send(READ));
            assertEquals(new Reply.Done(), sut.send(new Request.Bye()));
            failure(ErrorCode.DIED, sut.send(READ));
        }
        assertEquals(before, children());
    }

    @Test
    void severalRunSideBySide() {
        List<RestartingImplementation> all = List.of(start(Duration.ofSeconds(30)), start(Duration.ofSeconds(30)));
        try {
            all.forEach(sut -> assertEquals(new Reply.Value(0), sut.send(READ)));
            all.get(0).send(new Request.RegWrite(new RegisterRef.Named("CR1"), 1));
            assertEquals(
                    List.of(1L, 0L),
                    all.stream()
                            .map(sut -> sut.send(new Request.RegRead(new RegisterRef.Named("CR1"))))
                            .map(reply -> ((Reply.Value) reply).value())
                            .toList());
        } finally {
            all.forEach(RestartingImplementation::close);
        }
    }
}
