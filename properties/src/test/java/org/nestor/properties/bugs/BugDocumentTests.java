package org.nestor.properties.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;

/** docs/bugs.md is the list of seeded bugs. A run with {@code -Dnestor.update=true} rewrites it. */
class BugDocumentTests {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", ""), "..", "docs", "bugs.md");
    private static final String HEAD = """
            # Seeded bugs

            Faults that real SMMUv3 implementations, their drivers and virtualizers had, each built as the reference with one part replaced.
            `nestor serve --bug D-01` and `nestor run --bug D-01` plant one, `nestor campaign --bug D-01` looks for it, and `nestor bugs --hunt`
            for all.

            This page is made from the list in the code, by `BugDocumentTests`.

            | id | component | difficulty | what is wrong | what it breaks | rules |
            |---|---|---|---|---|---|
            """;

    @Test
    void documentIsTheListOfBugs() throws IOException {
        String expected =
                HEAD + SeededBugs.all().stream().map(BugDocumentTests::row).collect(Collectors.joining());
        if (Boolean.getBoolean("nestor.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertEquals(
                expected, Files.readString(DOCUMENT), "docs/bugs.md is stale: run this test with -Dnestor.update=true");
    }

    private static String row(SeededBug bug) {
        String rules = bug.rules().stream().map(Object::toString).collect(Collectors.joining(", "));
        return Stream.of(bug.id(), bug.component().label(), bug.difficulty().label(), bug.title(), bug.breaks(), rules)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
