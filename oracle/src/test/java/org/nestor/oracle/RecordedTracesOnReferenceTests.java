package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Line;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;
import org.nestor.smmu.register.Profile;

/**
 * The traces recorded from QEMU, on the reference with QEMU's ID registers: where the architecture leaves no choice, both
 * answer the same.
 */
class RecordedTracesOnReferenceTests {

    static Stream<Arguments> runs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "qemu-10.0.2"))) {
            List<Path> traces = files.filter(file -> file.toString().endsWith(".trace.jsonl"))
                    .sorted()
                    .toList();
            return traces.stream()
                    .flatMap(trace -> Arrays.stream(Caching.values()).map(caching -> Arguments.of(trace, caching)));
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theReferenceAnswersAsQemuDid(Path trace, Caching caching) throws Exception {
        // Without an invalidation, which of the two pages is hit is the cache's choice.
        boolean stale = trace.endsWith("stale-without-tlbi.trace.jsonl");
        EmbeddedReference reference = new ReferenceConfiguration(Profile.QEMU, caching, 7).create();
        try (ScenarioReader reader = ScenarioReader.open(trace)) {
            for (ScenarioLine line : reader.all()) {
                if (line.line() instanceof Line.Exchange exchange && !(exchange.request() instanceof Request.Hello)) {
                    compare(line, exchange, reference.send(exchange.request()), stale);
                }
            }
        }
    }

    private static void compare(ScenarioLine line, Line.Exchange exchange, Reply reply, boolean stale) {
        assertFalse(reply instanceof Reply.Failure, () -> line + " got " + reply);
        Reply recorded = exchange.reply().orElseThrow();
        if (!(recorded instanceof Reply.Dma dma)) {
            assertEquals(recorded, reply, line::toString);
        } else if (dma.result() == DmaResult.UNSEEN) {
            assertNotEquals(DmaResult.OK, ((Reply.Dma) reply).result(), line::toString);
        } else {
            assertEquals(comparable(dma, stale), comparable((Reply.Dma) reply, stale), line::toString);
        }
    }

    private static Reply.Dma comparable(Reply.Dma dma, boolean stale) {
        return new Reply.Dma(
                dma.result(),
                dma.pa().filter(pa -> !stale),
                dma.data(),
                Optional.empty(),
                dma.stag(),
                dma.permissions(),
                dma.size());
    }
}
