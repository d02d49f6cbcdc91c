package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nestor report}. */
class ReportCommandTests {
    private static final String RESULTS = """
            {
              "nestor": 1, "sut": {"name": "my emulator", "version": "3"}, "seed": "0x7", "started": "2026-03-01T10:00:00Z",
              "seconds": 1.5, "scenarios": 2, "operations": 30,
              "verdicts": {"conforms": 30, "diverges": 0, "indeterminate": 0, "died": 0},
              "rules": {"A-STE-01": 3}, "divergences": []
            }
            """;

    @TempDir
    private Path folder;

    private Path results;

    @BeforeEach
    void writeResults() throws IOException {
        results = Files.writeString(folder.resolve("results.json"), RESULTS);
    }

    @Test
    void pageIsWrittenBesideTheResults() throws IOException {
        Cli cli = Cli.run("report", results.toString());
        assertEquals("", cli.err());
        assertEquals(0, cli.code());
        assertEquals(folder.resolve("index.html") + "\n", cli.out());
        assertTrue(Files.readString(folder.resolve("index.html")).contains("Conformance of my emulator 3"));
    }

    @Test
    void folderOfTheResultsWillDoAndTheSiteMayGoElsewhere() {
        Path site = folder.resolve("a/b");
        Cli cli = Cli.run("report", folder.toString(), "--out", site.toString());
        assertEquals(0, cli.code(), cli.err());
        assertTrue(Files.exists(site.resolve("index.html")));
    }

    @Test
    void malformedResultsGetOneLineWithTheirPlaceAndNoPageIsWritten() throws IOException {
        Files.writeString(results, RESULTS.replace("1.5", "soon"));
        Cli cli = Cli.run("report", results.toString());
        assertEquals(2, cli.code());
        assertTrue(cli.err().startsWith(results + ":3:"), cli.err());
        assertEquals(1, cli.err().lines().count());
        assertTrue(Files.notExists(folder.resolve("index.html")));
    }

    @Test
    void missingResultsGetOneLine() {
        Path missing = folder.resolve("missing.json");
        Cli cli = Cli.run("report", missing.toString());
        assertEquals(2, cli.code());
        assertEquals(missing + ": expected a file, found nothing of that name\n", cli.err());
    }

    @Test
    void siteThatCannotBeWrittenGetsOneLine() {
        Cli cli = Cli.run(
                "report", results.toString(), "--out", results.resolve("x").toString());
        assertEquals(2, cli.code());
        assertTrue(cli.err().contains("cannot be written"), cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void withoutResultsTheUsageIsWrong() {
        Cli cli = Cli.run("report");
        assertEquals(2, cli.code());
        assertTrue(cli.err().startsWith("nestor report: missing required parameter: 'RESULTS'"), cli.err());
    }
}
