package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecCommandTests {
    @TempDir
    private Path directory;

    @Test
    void listsEachCommandWithItsScope() {
        Cli listed = Cli.run("spec", "--list", "--module", "smmu/queue");
        assertEquals(0, listed.code());
        assertEquals(10, listed.lines().size());
        assertTrue(
                listed.lines().get(1).startsWith("smmu/queue         check producerNeverPassesConsumer"), listed.out());
        assertTrue(listed.lines().get(1).endsWith("1 but 0 int 10..10 steps"), listed.out());
    }

    @Test
    void runsOneCommandAndSaysWhatCameOfIt() {
        Cli ran = Cli.run("spec", "--module", "smmu/queue", "--command", "emptyIsNeverFull", "--solver", "sat4j");
        assertEquals(0, ran.code());
        assertTrue(
                ran.lines().get(1).matches("smmu/queue +check emptyIsNeverFull +holds +sat4j +\\d+  1 but .*"),
                ran.out());
    }

    @ParameterizedTest
    @CsvSource({"trace.txt, Trace", "trace.xml, <alloy", "trace.html, <!DOCTYPE html>"})
    void exportsAnInstance(String name, String begin) throws IOException {
        Path file = directory.resolve(name);
        Cli ran = Cli.run("spec", "--module", "smmu/queue", "--command", "fillsAndDrains", "--export", file.toString());
        assertEquals(0, ran.code(), ran.err());
        String text = Files.readString(file);
        assertTrue(text.contains(begin), text);
        assertTrue(text.contains("prod"), text);
    }

    @Test
    void htmlMarksWhatChanges() throws IOException {
        Path file = directory.resolve("trace.html");
        Cli.run("spec", "--module", "smmu/queue", "--command", "fillsAndDrains", "--export", file.toString());
        List<String> rows = Files.readAllLines(file).stream()
                .filter(line -> line.contains("Queue.prod"))
                .toList();
        assertEquals(1, rows.size());
        assertTrue(
                rows.get(0).contains("<td>P0</td>") && rows.get(0).contains("<td class=\"changed\">P1</td>"),
                rows.get(0));
    }

    @Test
    void checkThatHoldsHasNothingToExport() {
        Path file = directory.resolve("trace.txt");
        Cli ran =
                Cli.run("spec", "--module", "smmu/queue", "--command", "emptyIsNeverFull", "--export", file.toString());
        assertEquals(0, ran.code());
        assertTrue(ran.err().contains("nothing to export: emptyIsNeverFull has no instance"), ran.err());
        assertTrue(Files.notExists(file));
    }

    @ParameterizedTest
    @CsvSource({
        "--module, smmu/none, no module 'smmu/none'",
        "--command, none, no command 'none'",
        "--export, trace.pdf, 'trace.pdf: expected a name that ends in .txt, .xml or .html'",
        "--export, trace.txt, --export needs one command",
    })
    void wrongOptionIsRefused(String option, String value, String complaint) {
        Cli ran = Cli.run("spec", option, value);
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains(complaint), ran.err());
    }

    @Test
    void unknownSolverIsRefused() {
        Cli ran = Cli.run("spec", "--module", "smmu/queue", "--solver", "abacus");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("no solver 'abacus', expected minisat or sat4j"), ran.err());
    }
}
