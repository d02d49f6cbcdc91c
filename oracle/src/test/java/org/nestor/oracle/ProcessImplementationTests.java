package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
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
        try (ProcessImplementation sut = ProcessImplementation.start("echo; echo hello; read x", LONG)) {
            Reply.Failure failure = failure(ErrorCode.DIED, sut.send(new Request.Step()));
            assertEquals("not a reply: reply:1:1: expected a JSON object, found nothing", failure.message());
        }
    }

    @Test
    void aReplyToAnotherRequestIsGarbage() {
        try (ProcessImplementation sut = ProcessImplementation.start("echo '{\"irqs\":[]}'; read x", LONG)) {
            failure(ErrorCode.DIED, sut.send(new Request.Step()));
        }
    }

    @Test
    void endlessOutputWithoutALineEndIsGarbageAndDoesNotFillTheMemory() {
        try (ProcessImplementation sut = ProcessImplementation.start("exec tr '\\0' x < /dev/zero", SHORT)) {
            Reply.Failure failure = assertInstanceOf(Reply.Failure.class, sut.send(new Request.Step()));
            assertTrue(failure.code() == ErrorCode.HUNG || failure.code() == ErrorCode.DIED, failure.message());
        }
    }
}
