package org.nestor.properties.docs;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md names and quotes is in the code. */
class ArchitectureDocumentTests {
    private static final Document ARCHITECTURE = Document.named("ARCHITECTURE.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:#(\\w+))?`");
    private static final String EXAMPLE = "properties/src/test/java/org/nestor/properties/seam/SeamTests.java";

    /** The text of each type of the repository, by its simple name. */
    private static Map<String, String> types() throws IOException {
        try (Stream<Path> files = Files.walk(ARCHITECTURE.root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .collect(toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            ArchitectureDocumentTests::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void typeOrMemberThatIsNamedExists() throws IOException {
        Map<String, String> types = types();
        List<MatchResult> names = NAME.matcher(ARCHITECTURE.text()).results().toList();

        assertTrue(names.size() > 40, "the pattern finds " + names.size() + " names");
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> !exists(types, name))
                        .map(MatchResult::group)
                        .distinct()
                        .toList());
    }

    private static boolean exists(Map<String, String> types, MatchResult name) {
        String text = types.getOrDefault(name.group(1), "");
        return name.group(2) == null ? !text.isEmpty() : text.contains(" " + name.group(2) + "(");
    }

    @Test
    void javaThatIsQuotedIsTheTestsOwn() {
        String source = read(ARCHITECTURE.root().resolve(EXAMPLE));
        List<Document.Block> blocks = ARCHITECTURE.blocks("java");

        assertTrue(!blocks.isEmpty());
        for (Document.Block block : blocks) {
            String quoted = String.join("\n", block.lines());
            assertTrue(source.replaceAll("(?m)^ {4}", "").contains(quoted), "not in " + EXAMPLE + ":\n" + quoted);
        }
    }
}
