package org.nestor.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.cli.ExplainCommand;
import picocli.CommandLine;

/** Each golden file holds sessions: a line with the command, the lines that it prints, a blank line. */
class GoldenExplanationTests {

    private static final String PROMPT = "$ nestor explain ";

    @ParameterizedTest
    @ValueSource(
            strings = {"ste", "cd", "l1std", "l1cd", "s1desc", "s2desc", "command", "event", "pri", "register", "json"})
    void explanationsAreWordForWordThoseOfTheGoldenFile(String name) throws IOException {
        String golden = read(name + ".txt");
        StringBuilder replay = new StringBuilder();
        golden.lines()
                .filter(line -> line.startsWith(PROMPT))
                .forEach(line -> replay.append(line)
                        .append('\n')
                        .append(explain(line.substring(PROMPT.length())))
                        .append('\n'));

        assertFalse(replay.isEmpty(), name);
        assertEquals(golden, replay.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ste", "cd", "l1std", "l1cd", "s1desc", "s2desc", "command", "event", "pri", "register"})
    void explanationsFitInAHundredColumns(String name) throws IOException {
        assertTrue(read(name + ".txt")
                .lines()
                .filter(line -> !line.startsWith(PROMPT))
                .allMatch(line -> line.length() <= 100));
    }

    private static String explain(String arguments) {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .execute(Arrays.stream(arguments.split(" +", -1)).toArray(String[]::new));
        assertEquals(0, exit, arguments);
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    private static String read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenExplanationTests.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
