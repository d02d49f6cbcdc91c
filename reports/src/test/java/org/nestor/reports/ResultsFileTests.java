package org.nestor.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsFileTests {
    private static final String MINIMAL = """
            {
              "nestor": 1,
              "sut": {"name": "x", "version": "1"},
              "seed": 7,
              "started": "2026-03-01T10:00:00Z",
              "seconds": 1.5,
              "scenarios": 2,
              "operations": 30,
              "verdicts": {"conforms": 30, "diverges": 0, "indeterminate": 0, "died": 0},
              "rules": {"A-STE-01": 0},
              "divergences": []
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void resultIsReadAsItWasWritten() throws Exception {
        for (CampaignResult result :
                List.of(Results.realistic(), Results.clean(), Results.saying("\"<\u0000\n\\é\uD83D\uDE00"))) {
            ResultsFile.write(result, file());
            assertEquals(result, ResultsFile.read(file()));
        }
    }

    @Test
    void membersAreThoseOfTheProtocol() throws IOException {
        ResultsFile.write(Results.realistic(), file());
        String json = Files.readString(file());
        for (String member : List.of(
                "\"nestor\" : 1,",
                "\"seed\" : \"0x2a\",",
                "\"started\" : \"2026-03-01T10:00:00Z\",",
                "\"seconds\" : 600.5,",
                "\"C-TLB-05\" : 1234567",
                "\"A-STE-02\" : 0",
                "\"known\" : false",
                "\"known\" : true",
                "\"count\" : 17",
                "\"firstSeed\" : \"0xfffffffffffffffd\"",
                "\"actor\" : \"software\"",
                "\"fails\" : true",
                "\"IDR5\" : \"0xffffffffffffffff\"")) {
            assertTrue(json.contains(member), member + " in " + json);
        }
        assertTrue(json.endsWith("}\n"));
    }

    @Test
    void fileOfTheProtocolsMembersAloneIsRead() throws Exception {
        Files.writeString(file(), MINIMAL);
        CampaignResult result = ResultsFile.read(file());
        assertEquals(7, result.seed());
        assertEquals(Optional.empty(), result.setup());
        assertEquals(List.of(), result.indeterminate());
        assertTrue(result.ruleDetails().isEmpty());
        assertTrue(result.sut().idr().isEmpty());
        assertTrue(result.isClean());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "seed": 7                   | "seed": "7"                                | 4:11: seed: expected an integer
            "seed": 7                   | "seed": "0x1ffffffffffffffff"              | 4:11: seed: expected an integer
            "seed": 7                   | "seed": 18446744073709551616               | 4:11: seed: expected an integer
            "seed": 7                   | "seed": 7, "sede": 8                       | 4:14: unknown member "sede"
            "seed": 7                   | "seed": 7, "seed": 8                       | 4:20: Duplicate field 'seed'
            "seed": 7,                  |                                            | 12:1: expected a member "seed"
            "scenarios": 2              | "scenarios": 2.5                           | 7:16: scenarios: expected an integer
            "scenarios": 2              | "scenarios": "2"                           | 7:16: scenarios: expected an integer
            "scenarios": 2              | "scenarios": null                          | 7:16: scenarios: expected an integer
            "scenarios": 2              | "scenarios": -1                            | 1:1: scenarios: expected a count of 0 or more, found -1
            "seconds": 1.5              | "seconds": true                            | 6:14: seconds: expected a number
            "started": "2026-03-01T10   | "started": "yesterday                      | 5:14: started: expected a time such as "2026-01-31T12:00:00Z"
            "name": "x"                 | "name": 1                                  | 3:19: sut.name: expected a string
            "name": "x"                 | "name": null                               | 3:39: sut.name: expected a string
            "name": "x",                |                                            | 3:26: sut: expected a member "name"
            "A-STE-01": 0               | "A-STE-01": {}                             | 10:25: rules.A-STE-01: expected an integer
            "divergences": []           | "divergences": [3]                         | 11:19: divergences[0]: expected an object
            "divergences": []           | "divergences": {}                          | 11:18: divergences: expected a list
            "divergences": []           | "divergences": [                           | 12:1: divergences: Unexpected close marker
            "version": "1"              | "version": "1", "features": [null]         | 3:53: sut.features[0]: expected a value, found null
            "version": "1"              | "version": "1", "sids": ["7"]              | 3:49: sut.sids[0]: expected an integer
            "A-STE-01": 0               | "A-STE-01": null                           | 10:25: rules.A-STE-01: expected a value, found null
            "conforms": 30              | "conforms": -3                             | 9:3: verdicts: conforms: expected a count of 0 or more, found -3
            "nestor": 1                 | "nestor": 2                                | 1:1: nestor: expected version 1, found 2
            """)
    void malformedFileGetsOneComplaintWithItsPlace(String good, String bad, String complaint) throws IOException {
        String text = MINIMAL.replace(good, bad == null ? "" : bad);
        assertFalse(text.equals(MINIMAL), good);
        Files.writeString(file(), text);
        String message = assertThrows(MalformedResultsException.class, () -> ResultsFile.read(file()))
                .getMessage();
        assertTrue(message.startsWith(file() + ":" + complaint), message + " does not begin with " + complaint);
        assertEquals(1, message.lines().count());
    }

    @Test
    void emptyFileAndTrailingTextAreComplainedOf() throws IOException {
        Files.writeString(file(), "");
        assertThrows(MalformedResultsException.class, () -> ResultsFile.read(file()));
        Files.writeString(file(), MINIMAL + "{}");
        assertThrows(MalformedResultsException.class, () -> ResultsFile.read(file()));
    }

    @Test
    void missingFileIsNotMalformed() {
        assertThrows(NoSuchFileException.class, () -> ResultsFile.read(file()));
    }

    @Test
    void writingMakesTheFoldersAndLeavesNothingElseBehind() throws IOException {
        Path deep = folder.resolve("a/b/results.json");
        ResultsFile.write(Results.clean(), deep);
        ResultsFile.write(Results.realistic(), deep);
        try (Stream<Path> files = Files.list(deep.getParent())) {
            assertEquals(List.of(deep), files.toList());
        }
    }

    @Test
    void writingThatFailsHalfwayLeavesTheOldFile() throws IOException {
        AtomicFile.write(file(), out -> out.write("old"));
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file(), out -> {
                    out.write("x".repeat(100_000));
                    assertEquals("old", Files.readString(file()));
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(file()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void halfOfASurrogatePairDoesNotPreventWriting() throws Exception {
        ResultsFile.write(Results.saying("a\uD800b"), file());
        assertEquals("a?b", ResultsFile.read(file()).sut().name());
    }

    private Path file() {
        return folder.resolve("results.json");
    }
}
