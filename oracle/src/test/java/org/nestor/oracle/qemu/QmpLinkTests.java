package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.protocol.ErrorCode;

/** QMP against a peer that a test plays. */
class QmpLinkTests {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 2, \"minor\": 0, \"major\": 10}, \"package\": \"Debian\"},"
                    + " \"capabilities\": [\"oob\"]}}\r\n";
    private static final String DONE = "{\"return\": {}}\r\n";
    private static final String RESET = "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"RESET\","
            + " \"data\": {\"guest\": false}}\r\n";

    private static void greet(FakePeer.Stage stage) throws IOException {
        stage.write(GREETING);
        assertEquals("{\"execute\":\"qmp_capabilities\",\"arguments\":{}}", stage.read());
        stage.write(DONE);
    }

    @Test
    void theVersionIsThatOfTheGreeting() throws IOException {
        try (FakePeer peer = FakePeer.playing(LONG, QmpLinkTests::greet)) {
            assertEquals("10.0.2", new QmpLink(peer.link()).version());
            peer.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DONE + RESET, RESET + DONE})
    void aResetIsOverOnceItsEventCameBeforeOrAfterTheAnswer(String answers) throws IOException {
        FakePeer.Part part = stage -> {
            greet(stage);
            for (int i = 0; i < 2; i++) {
                assertEquals("{\"execute\":\"system_reset\",\"arguments\":{}}", stage.read());
                stage.write("{\"event\": \"STOP\"}\n" + answers);
            }
        };
        try (FakePeer peer = FakePeer.playing(LONG, part)) {
            QmpLink qmp = new QmpLink(peer.link());
            qmp.systemReset();
            qmp.systemReset();
            peer.end();
        }
    }

    @Test
    void aResetWithoutItsEventIsNotOver() throws IOException {
        FakePeer.Part part = stage -> {
            greet(stage);
            stage.read();
            stage.write(RESET + DONE);
            stage.read();
            stage.write(DONE);
            stage.in().lines().forEach(line -> {});
        };
        try (FakePeer peer = FakePeer.playing(SHORT, part)) {
            QmpLink qmp = new QmpLink(peer.link());
            qmp.systemReset();
            assertEquals(
                    ErrorCode.HUNG,
                    assertThrows(LostPeerException.class, qmp::systemReset).code());
        }
    }

    @Test
    void theSmmuIsFoundByItsType() throws IOException {
        FakePeer.Part part = stage -> {
            greet(stage);
            assertEquals("{\"execute\":\"qom-list\",\"arguments\":{\"path\":\"/machine/unattached\"}}", stage.read());
            stage.write("{\"return\": [{\"name\": \"type\", \"type\": \"string\"},"
                    + " {\"name\": \"device[6]\", \"type\": \"child<arm-smmuv3>\"}]}\n");
            stage.read();
            stage.write("{\"return\": []}\n");
        };
        try (FakePeer peer = FakePeer.playing(LONG, part)) {
            QmpLink qmp = new QmpLink(peer.link());
            assertEquals("/machine/unattached/device[6]", qmp.smmuPath());
            assertEquals(
                    "its machine has no SMMUv3",
                    assertThrows(LostPeerException.class, qmp::smmuPath).reason());
        }
    }

    @Test
    void aRefusedCommandIsQuoted() throws IOException {
        FakePeer.Part part = stage -> {
            greet(stage);
            stage.read();
            stage.write("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}}\n");
        };
        try (FakePeer peer = FakePeer.playing(LONG, part)) {
            QmpLink qmp = new QmpLink(peer.link());
            String reason =
                    assertThrows(LostPeerException.class, qmp::systemReset).reason();
            assertTrue(reason.startsWith("it refused system_reset: {\"error\":"), reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello\n",
                "[]\n",
                "{\"QMP\": {}}\n",
                "{\"QMP\": {\"version\": {\"qemu\": {\"major\": \"x\"}}}}\n",
                GREETING + "{\"return\": ",
                GREETING + "{\"surprise\": 1}\n",
                GREETING + "{\"event\": 5}\n"
            })
    void whatIsNotQmpIsADeath(String text) throws IOException {
        try (FakePeer peer = FakePeer.playing(LONG, stage -> stage.write(text))) {
            LostPeerException lost = assertThrows(LostPeerException.class, () -> new QmpLink(peer.link()));
            assertEquals(ErrorCode.DIED, lost.code());
        }
    }
}
