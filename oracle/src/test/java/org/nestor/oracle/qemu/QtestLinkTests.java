package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nestor.protocol.ErrorCode;

/** The qtest protocol against a peer that a test plays. */
class QtestLinkTests {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void valuesComeInTheOrderOfTheCommandsBehindWhatWasPosted() throws IOException {
        FakePeer.Part part = stage -> {
            assertEquals("writel 0x9050020 0x1", stage.read());
            assertEquals("readl 0x10", stage.read());
            assertEquals("readq 0x18", stage.read());
            stage.write("OK\nOK 0x0000000000000007\r\nOK 0xffffffffffffffff\n");
        };
        try (FakePeer peer = FakePeer.playing(LONG, part)) {
            QtestLink qtest = new QtestLink(peer.link());
            qtest.post(Qtest.write(0x9050020, 4, 1));
            assertEquals(List.of(7L, -1L), qtest.values(List.of(Qtest.read(0x10, 4), Qtest.read(0x18, 8))));
            peer.end();
        }
    }

    @Test
    void noMoreThanTheWindowIsSentAheadOfItsAnswers() throws IOException {
        int windows = 3;
        FakePeer.Part part = stage -> {
            for (int window = 0; window < windows; window++) {
                for (int i = 0; i < QtestLink.WINDOW; i++) {
                    assertEquals("clock_step " + (window * QtestLink.WINDOW + i), stage.read());
                }
                assertFalse(stage.in().ready(), "sent beyond the window");
                stage.write("OK\n".repeat(QtestLink.WINDOW));
            }
        };
        try (FakePeer peer = FakePeer.playing(LONG, part)) {
            QtestLink qtest = new QtestLink(peer.link());
            IntStream.range(0, windows * QtestLink.WINDOW).forEach(i -> qtest.post(Qtest.clockStep(i)));
            qtest.settle();
            peer.end();
        }
    }

    @Test
    void interruptsBetweenAnswersArePutAsideAndToldOnce() throws IOException {
        FakePeer.Part part = stage -> {
            stage.read();
            stage.write("IRQ raise 0\nIRQ lower 0\nOK\n");
            stage.read();
            stage.write("IRQ raise 3\nIRQ lower 3\nIRQ raise 2\nOK 0x5\n");
        };
        try (FakePeer peer = FakePeer.playing(LONG, part)) {
            QtestLink qtest = new QtestLink(peer.link());
            qtest.post(Qtest.interceptInterrupts("/smmu"));
            assertEquals(5, qtest.value(Qtest.read(0, 1)));
            assertEquals(List.of(0, 3, 2), qtest.takeRaised());
            assertEquals(List.of(), qtest.takeRaised());
        }
    }

    private static LostPeerException lost(Duration patience, FakePeer.Part part) throws IOException {
        try (FakePeer peer = FakePeer.playing(patience, part)) {
            QtestLink qtest = new QtestLink(peer.link());
            qtest.post("first");
            qtest.post("second");
            return assertThrows(LostPeerException.class, () -> qtest.value("third"));
        }
    }

    @Test
    void aRefusedCommandIsNamed() throws IOException {
        LostPeerException lost = lost(LONG, stage -> stage.write("OK\nFAIL Unknown command 'second'\n"));
        assertEquals(ErrorCode.DIED, lost.code());
        assertEquals("it answered \"FAIL Unknown command 'second'\" (at the command second)", lost.reason());
    }

    @Test
    void anAnswerWithoutItsNumberIsNoAnswer() throws IOException {
        LostPeerException lost = lost(LONG, stage -> stage.write("OK\nOK\nOK\n"));
        assertEquals("it answered \"OK\" to third", lost.reason());
    }

    @Test
    void theCommandAtWhichTheConnectionEndedIsNamed() throws IOException {
        LostPeerException lost = lost(LONG, stage -> {
            stage.read();
            stage.write("OK\n");
        });
        assertEquals(ErrorCode.DIED, lost.code());
        assertEquals("it closed its connection (at the command second)", lost.reason());
    }

    @Test
    void silenceIsAHangAlsoWithinALine() throws IOException {
        LostPeerException lost = lost(SHORT, stage -> {
            stage.write("OK\nOK\nO");
            stage.in().lines().forEach(line -> {});
        });
        assertEquals(ErrorCode.HUNG, lost.code());
        assertEquals("no answer within 200 ms (at the command third)", lost.reason());
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() throws IOException {
        LostPeerException lost = lost(LONG, stage -> {
            try {
                while (true) {
                    stage.write("x".repeat(1 << 16));
                }
            } catch (IOException hungUp) {
                // The link gave up on it, which is what this test waits for.
            }
        });
        assertEquals(ErrorCode.DIED, lost.code());
        assertEquals("it wrote a line of more than 1048576 bytes (at the command first)", lost.reason());
    }

    @Test
    void aFloodOfInterruptsIsAHang() throws IOException {
        LostPeerException lost = lost(LONG, stage -> {
            try {
                while (true) {
                    stage.write("IRQ lower 0\n".repeat(1000));
                }
            } catch (IOException hungUp) {
                // The link gave up on it, which is what this test waits for.
            }
        });
        assertEquals(ErrorCode.HUNG, lost.code());
        assertEquals("it reports interrupts without end (at the command first)", lost.reason());
    }
}
