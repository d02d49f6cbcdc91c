package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Line;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;
import org.nestor.smmu.register.Profile;

/**
 * Traces of the reference in which something rare, and allowed, happens; what it is, and by which rule, is the note of each. They are
 * the smallest cases in which a judge that knew less called the reference wrong.
 */
class AllowedTraceTests {

    static List<Path> traces() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(AllowedTraceTests.class.getResource("conforming"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreTraces() throws IOException, URISyntaxException {
        assertTrue(traces().size() >= 44, traces().toString());
    }

    @ParameterizedTest
    @MethodSource("traces")
    void nothingInATraceOfTheReferenceIsCalledWrong(Path trace) throws IOException, ProtocolException {
        Judge judge = Judge.of(Platform.of(new ReferenceConfiguration(Profile.FULL, Caching.NEVER, 0)));
        try (ScenarioReader reader = ScenarioReader.open(trace)) {
            for (Optional<ScenarioLine> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().line() instanceof Line.Exchange exchange) {
                    Verdict verdict =
                            judge.judge(exchange.request(), exchange.reply().orElseThrow());
                    assertFalse(
                            verdict instanceof Verdict.Diverges,
                            "line " + next.get().number() + ": " + verdict);
                }
            }
        }
    }
}
