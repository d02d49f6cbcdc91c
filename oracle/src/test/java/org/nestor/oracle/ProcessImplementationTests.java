package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nestor.memory.Bytes;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** Programs that behave and programs that do not. */
class ProcessImplementationTests {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Reply IDLE = new Reply.Stepped(List.of());

    private static Reply.Failure failure(ErrorCode code, Reply reply) {
        Reply.Failure failure = assertInstanceOf(Reply.Failure.class, reply);
        assertEquals(code, failure.code(), failure.message());
        return failure;
    }

    @Test
    void everyRequestGetsTheNextLine() {
        String echo = "read a; echo '{\"completed\":[]}'; read b; echo '{\"irqs\":[\"gerror\"]}'";
        try (ProcessImplementation sut = ProcessImplementation.start(echo, LONG)) {
            assertEquals(IDLE, sut.send(new Request.Step()));
            Reply.Irqs irqs = (Reply.Irqs) sut.send(new Request.Irqs());
            assertEquals(1, irqs.irqs().size());
        }
    }

    @Test
    void itIsGivenTheRequestAsALine() {
        String echo = "read -r line; test \"$line\" = '{\"op\":\"step\"}' && echo '{\"completed\":[]}'; read x";
        try (ProcessImplementation sut = ProcessImplementation.start(echo, LONG)) {
            assertEquals(IDLE, sut.send(new Request.Step()));
        }
    }

    @Test
    void anEndWithoutReplyIsADeathWithItsExitCodeAndStaysOne() {
        try (ProcessImplementation sut = ProcessImplementation.start("read line; exit 7", LONG)) {
            Reply first = sut.send(new Request.Step());
            assertEquals("exit code 7", failure(ErrorCode.DIED, first).message());
            assertEquals(first, sut.send(new Request.Step()));
        }
    }

    @Test
    void aSignalIsADeathWithItsNumber() {
        try (ProcessImplementation sut = ProcessImplementation.start("read line; kill -9 $$", LONG)) {
            assertEquals(
                    "ended by signal 9",
                    failure(ErrorCode.DIED, sut.send(new Request.Step())).message());
        }
    }

    @Test
    void aProgramThatIsNotThereDies() {
        try (ProcessImplementation sut = ProcessImplementation.start("exec /nowhere/at/all 2>/dev/null", LONG)) {
            failure(ErrorCode.DIED, sut.send(new Request.Step()));
        }
    }

    @Test
    void silenceIsAHangAndEndsTheProgram() {
        try (ProcessImplementation sut = ProcessImplementation.start("exec sleep 600", SHORT)) {
            Reply first = sut.send(new Request.Step());
            assertEquals(
                    "no reply within 200 ms", failure(ErrorCode.HUNG, first).message());
            assertEquals(first, sut.send(new Request.Step()));
        }
    }

    @Test
    void aProgramThatDoesNotReadHangs() {
        Request large = new Request.MemWrite(0, Bytes.of(new byte[200_000]), Request.MemWrite.Form.DATA);
        try (ProcessImplementation sut = ProcessImplementation.start("exec sleep 600", SHORT)) {
            failure(ErrorCode.HUNG, sut.send(large));
        }
    }

    @Test
    void garbageIsADeathThatQuotesItsPlace() {
        try (ProcessImplementation sut = ProcessImplementation.start("read x; echo; read x", LONG)) {
            Reply.Failure failure = failure(ErrorCode.DIED, sut.send(new Request.Step()));
            assertEquals("not a reply: reply:1:1: expected a JSON object, found nothing", failure.message());
        }
    }

    @Test
    void aReplyToAnotherRequestIsGarbage() {
        try (ProcessImplementation sut = ProcessImplementation.start("read x; echo '{\"irqs\":[]}'; read x", LONG)) {
            Reply.Failure failure = failure(ErrorCode.DIED, sut.send(new Request.Step()));
            assertEquals("not a reply: reply:1:1: expected a member \"completed\"", failure.message());
        }
    }

    @Test
    void endlessOutputWithoutALineEndIsGarbageAndDoesNotFillTheMemory() {
        try (ProcessImplementation sut = ProcessImplementation.start("exec tr '\\0' x < /dev/zero", SHORT)) {
            Reply.Failure failure = assertInstanceOf(Reply.Failure.class, sut.send(new Request.Step()));
            assertTrue(failure.code() == ErrorCode.HUNG || failure.code() == ErrorCode.DIED, failure.message());
        }
    }

    private static Reply.Failure endOf(String program, Duration patience) {
        try (ProcessImplementation sut = ProcessImplementation.start(program, patience)) {
            Reply reply = sut.send(new Request.Step());
            while (!(reply instanceof Reply.Failure)) {
                assertEquals(IDLE, reply);
                reply = sut.send(new Request.Step());
            }
            assertEquals(reply, sut.send(new Request.Irqs()), "it stays ended");
            return (Reply.Failure) reply;
        }
    }

    /** Otherwise it would pass for the reply to the next request. */
    @Test
    void aSecondReplyToOneRequestIsGarbage() {
        String twice = "while read x; do printf '{\"completed\":[]}\\n{\"completed\":[]}\\n'; done";
        Reply.Failure end = endOf(twice, LONG);
        // The second may come too late for the next request to notice, but not for all of them.
        assertTrue(
                end.message().matches("not a reply: reply:\\d+:1: expected nothing before the next request"),
                end.message());
        assertEquals(ErrorCode.DIED, end.code());
    }

    @Test
    void aFloodOfRepliesIsGarbage() {
        Reply.Failure end = endOf("exec yes '{\"completed\":[]}'", LONG);
        assertEquals(ErrorCode.DIED, end.code());
        assertTrue(end.message().startsWith("not a reply: reply:"), end.message());
    }

    @Test
    void aLineBeyondTheLimitIsGarbage() {
        Reply.Failure end = endOf("read x; head -c 3000000 /dev/zero | tr '\\0' ' '; echo; read x", LONG);
        assertEquals("not a reply: reply:1:1048577: expected a line of at most 1048576 bytes", end.message());
    }

    @Test
    void bytesThatAreNoTextAreGarbage() {
        Reply.Failure end = endOf("read x; printf '\\377\\n'; read x", LONG);
        assertEquals("not a reply: reply:1:1: expected UTF-8 text, found byte 0xff", end.message());
    }

    @Test
    void nestingWithoutEndIsGarbage() {
        Reply.Failure end = endOf("read x; head -c 100000 /dev/zero | tr '\\0' '['; echo; read x", LONG);
        assertEquals(ErrorCode.DIED, end.code());
        assertTrue(end.message().startsWith("not a reply: reply:1:1: expected a JSON object"), end.message());
    }

    @Test
    void aPartOfALineAndThenSilenceIsAHang() {
        Reply.Failure end = endOf("read x; printf '{\"completed\"'; exec sleep 600", SHORT);
        assertEquals(new Reply.Failure(ErrorCode.HUNG, "no reply within 200 ms"), end);
    }

    @Test
    void aPartOfALineAndThenTheEndIsGarbage() {
        Reply.Failure end = endOf("read x; printf '{\"completed\"'", LONG);
        assertEquals(ErrorCode.DIED, end.code());
        assertTrue(end.message().startsWith("not a reply: reply:1:"), end.message());
    }

    @Test
    void aProgramThatClosesItsInputHasDied() {
        Request large = new Request.MemWrite(0, Bytes.of(new byte[200_000]), Request.MemWrite.Form.DATA);
        try (ProcessImplementation sut = ProcessImplementation.start("exec 0<&-; exec sleep 600", LONG)) {
            assertEquals(
                    "it closed its standard output or input",
                    failure(ErrorCode.DIED, sut.send(large)).message());
        }
    }

    @Test
    void aProgramThatClosesItsOutputHasDied() {
        Reply.Failure end = endOf("exec 1>&-; exec sleep 600", LONG);
        assertEquals(new Reply.Failure(ErrorCode.DIED, "it closed its standard output or input"), end);
    }

    @Test
    void afterItsEndNothingOfItRuns() {
        endOf("sleep 599 & read x; exec sleep 600", SHORT);
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").matches(".*sleep (599|600)"))
                .forEach(process -> assertDoesNotThrow(
                        () -> process.onExit().get(10, TimeUnit.SECONDS),
                        "it was killed, and may take a moment to go"));
    }
}
