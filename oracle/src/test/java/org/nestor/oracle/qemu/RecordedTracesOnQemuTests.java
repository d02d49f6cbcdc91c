package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.protocol.Line;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;

/** The recorded traces, on the QEMU of this machine, one after the other on one process. */
@RequiresQemu
@TestInstance(Lifecycle.PER_CLASS)
class RecordedTracesOnQemuTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final QemuImplementation qemu = new QemuLauncher(QemuLocator.find(), PATIENCE).start();

    @BeforeAll
    void itHasStarted() {
        assertEquals(new Reply.Done(), qemu.send(new Request.Reset(Map.of())));
    }

    @AfterAll
    void end() {
        qemu.close();
    }

    static List<Path> traces() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "qemu-10.0.2"))) {
            return files.filter(file -> file.toString().endsWith(".trace.jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreFourteen() throws IOException {
        assertEquals(14, traces().size());
    }

    @ParameterizedTest
    @MethodSource("traces")
    void everyReplyIsTheRecordedOne(Path trace) throws Exception {
        try (ScenarioReader reader = ScenarioReader.open(trace)) {
            for (ScenarioLine line : reader.all()) {
                if (line.line() instanceof Line.Exchange exchange) {
                    Reply reply = qemu.send(exchange.request());
                    assertEquals(
                            anyVersion(exchange.reply().orElseThrow()),
                            anyVersion(reply),
                            () -> line + " got " + reply);
                }
            }
        }
    }

    /** Later versions have a device more. */
    private static Reply anyVersion(Reply reply) {
        return reply instanceof Reply.Introduction hello
                ? new Reply.Introduction(
                        hello.name(),
                        "",
                        hello.protocol(),
                        hello.features(),
                        hello.memory(),
                        hello.sids().subList(0, 2),
                        hello.idr(),
                        hello.dmaMaxLength())
                : reply;
    }
}
