package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Optional;

/**
 * Hostile bytes. Within the build the inputs in {@code ParserFuzzTestsInputs} are replayed; with {@code JAZZER_FUZZ=1} in
 * the environment Jazzer looks for new ones.
 */
class ParserFuzzTests {

    @FuzzTest(maxDuration = "10m")
    void aReaderComplainsOrGivesALineThatReadsTheSameAgain(byte[] content) throws Exception {
        ScenarioReader reader = Lines.reader(content);
        for (boolean more = true; more; ) {
            more = readOne(reader);
        }
    }

    private static boolean readOne(ScenarioReader reader) throws IOException, ProtocolException {
        Optional<ScenarioLine> read;
        try {
            read = reader.next();
        } catch (ProtocolException complaint) {
            return true;
        }
        if (read.isPresent()) {
            Line line = read.get().line();
            String written = LineWriter.write(line);
            assertEquals(line, Lines.line(written));
        }
        return read.isPresent();
    }
}
