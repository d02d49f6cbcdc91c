package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.protocol.json.JsonReader;

/** The traces recorded from a real QEMU. */
class RecordedTraceTests {
    private static final Path FOLDER = Path.of("..", "examples", "qemu-10.0.2");

    static List<Path> traces() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
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
    void eachLineIsWrittenAgainAsTheSameJson(Path trace) throws Exception {
        List<String> texts = Files.readAllLines(trace);
        List<ScenarioLine> lines;
        try (ScenarioReader reader = ScenarioReader.open(trace)) {
            lines = reader.all();
        }
        assertEquals(texts.size(), lines.size());
        for (ScenarioLine line : lines) {
            String text = texts.get(line.number() - 1);
            assertEquals(
                    JsonReader.read(text).json(),
                    JsonReader.read(LineWriter.write(line.line())).json());
        }
    }
}
