package org.nestor.properties.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.cli.Nestor;
import picocli.CommandLine;

/** Each command of README.md can be typed as it stands, and prints what README.md says. */
class ReadmeTests {
    private static final Document README = Document.named("README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final Console console = new Console(README.root());

    static Stream<Document.Block> consoleBlocks() {
        return README.blocks("console").stream();
    }

    static Stream<String> commands() {
        return README.blocks("sh").stream()
                .flatMap(block -> block.lines().stream())
                .map(line -> line.replaceFirst("\\s+#.*", ""))
                .filter(line -> line.contains("./nestor"));
    }

    /** A block is a series of commands behind a prompt, each with its output; {@code echo $?} shows the exit code. */
    @ParameterizedTest
    @MethodSource("consoleBlocks")
    void commandPrintsWhatTheReadmeShows(Document.Block block) {
        int code = 0;
        boolean asked = true;
        for (List<String> entry : entries(block.lines())) {
            String command = entry.get(0).substring(2);
            List<String> shown = entry.subList(1, entry.size());
            if (command.equals("echo $?")) {
                assertEquals(List.of(Integer.toString(code)), shown);
                asked = true;
            } else {
                assertTrue(asked || code == 0, "an exit code other than 0 that is not shown, before " + command);
                Console.Result result = console.run(ShellLine.parse(command));
                Console.assertShown(shown, result.lines());
                code = result.code();
                asked = false;
            }
        }
        assertTrue(asked || code == 0, "an exit code other than 0 that is not shown");
    }

    /** What is only named is parsed and not run: it may start programs or take its time. */
    @ParameterizedTest
    @MethodSource("commands")
    void commandIsUnderstood(String command) {
        List<String> arguments = ShellLine.parse(command).arguments();
        CommandLine.ParseResult parsed =
                Nestor.commandLine(InputStream.nullInputStream()).parseArgs(arguments.toArray(String[]::new));
        assertTrue(parsed.hasSubcommand(), command);
    }

    @Test
    void readmeHasCommandsOfBothKinds() {
        assertTrue(consoleBlocks().findAny().isPresent());
        assertTrue(commands().findAny().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "spec-alloy/README.md"})
    void fileThatADocumentLinksToExists(String name) {
        Document document = Document.named(name);
        List<String> broken = LINK.matcher(document.text())
                .results()
                .map(link -> link.group(1))
                .filter(target -> !Files.exists(document.path().resolveSibling(target)))
                .toList();
        assertEquals(List.of(), broken);
    }

    @Test
    void leftOutLinesStandForAnyNumberOfLines() {
        assertTrue(Console.matches(List.of("a", "...", "d"), List.of("a", "b", "c", "d")));
        assertTrue(Console.matches(List.of("a", "...", "d"), List.of("a", "d")));
        assertFalse(Console.matches(List.of("a", "...", "d"), List.of("a", "b")));
        assertFalse(Console.matches(List.of("a"), List.of("a", "b")));
        assertFalse(Console.matches(List.of("a", "b"), List.of("a")));
    }

    private static List<List<String>> entries(List<String> lines) {
        List<List<String>> entries = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("$ ")) {
                entries.add(new ArrayList<>());
            }
            entries.get(entries.size() - 1).add(line);
        }
        return entries;
    }
}
