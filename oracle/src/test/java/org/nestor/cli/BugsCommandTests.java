package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.bugs.SeededBugs;
import org.nestor.reports.HuntFile;
import org.nestor.reports.HuntResult;

/** {@code nestor bugs}, and {@code --bug} where the embedded reference runs. */
class BugsCommandTests {
    private static final String AIDR = "{\"op\":\"reg.read\",\"reg\":\"AIDR\"}\n";

    @Test
    void everyBugIsListedWithWhatItBreaks() {
        Cli cli = Cli.run("bugs");
        assertEquals(0, cli.code());
        assertEquals(2 * SeededBugs.all().size(), cli.lines().size());
        assertTrue(
                cli.lines().get(0).startsWith("D-01  stream table         easy    A StreamID is checked"), cli.out());
        assertTrue(cli.lines().get(1).startsWith("      Isolation: "), cli.out());
    }

    @Test
    void jsonHasOneObjectALine() {
        Cli cli = Cli.run("bugs", "--json");
        assertEquals(0, cli.code());
        assertEquals(SeededBugs.all().size(), cli.lines().size());
        assertTrue(
                cli.lines()
                        .get(0)
                        .startsWith(
                                "{\"bug\":\"D-01\",\"component\":\"stream table\",\"difficulty\":\"easy\",\"title\":"),
                cli.out());
        assertTrue(cli.lines().get(0).endsWith(",\"rules\":[\"A-SID-01\"]}"), cli.out());
    }

    @Test
    void huntPrintsARowForEachBugAndWritesItsReport(@TempDir Path folder) throws Exception {
        Cli cli = Cli.run(
                "bugs",
                "--hunt",
                "--scenarios",
                "40",
                "--seeds",
                "1",
                "--bug",
                "D-44",
                "D-08",
                "--report",
                "" + folder);
        assertEquals(0, cli.code(), cli.out());
        assertEquals(5, cli.lines().size(), cli.out());
        assertTrue(cli.lines().get(1).startsWith("D-44   registers and reset  easy        1 of 1 "), cli.out());
        assertTrue(cli.lines().get(3).startsWith("2 of 2 bugs found in "), cli.out());
        HuntResult result = HuntFile.read(folder.resolve("hunt.json"));
        assertEquals("./nestor bugs --hunt --scenarios 40 --seeds 1 --bug D-44 --bug D-08", result.command());
        assertEquals("report: " + folder.resolve("hunt.html"), cli.lines().get(4));
        assertTrue(Files.exists(folder.resolve("hunt.html")));
    }

    @Test
    void huntFailsWhenABugEscapes() {
        Cli cli = Cli.run("bugs", "--hunt", "--scenarios", "1", "--seeds", "1", "--bug", "D-51");
        assertEquals(1, cli.code(), cli.out());
        assertTrue(cli.out().contains("0 of 1 bugs found"), cli.out());
    }

    @Test
    void optionsOfAHuntNeedAHunt() {
        assertEquals(2, Cli.run("bugs", "--seeds", "1").code());
        assertEquals(2, Cli.run("bugs", "--hunt", "--seeds", "0").code());
    }

    /** D-44 finds IIDR, which is zero, at the place of AIDR. */
    @Test
    void plantedBugShowsInTheReplies() {
        assertEquals("{\"value\":\"0x2\"}\n", Cli.runWith(AIDR, "serve").out());
        assertEquals(
                "{\"value\":\"0x0\"}\n",
                Cli.runWith(AIDR, "serve", "--bug", "D-44").out());
    }

    @Test
    void scenariosRunOnAPlantedBug() {
        String expecting = AIDR.replace("}", ",\"expect\":{\"value\":\"0x2\"}}");
        assertEquals(0, Cli.runWith(expecting, "run", "-").code());
        assertEquals(1, Cli.runWith(expecting, "run", "--bug", "D-44", "-").code());
    }

    /** With D-57 a guest's invalidations name VMID 0, so that what it unmapped stays. */
    @Test
    void hostIsBuiltOfSoftwareWithThePlantedBug() {
        String example = "../examples/nested-boot.scenario.jsonl";
        assertEquals(0, Cli.run("run", example).code());
        assertEquals(1, Cli.run("run", "--bug", "D-57", example).code());
    }

    @Test
    void programHasNoPlantedBug() {
        Cli cli = Cli.runWith(AIDR, "run", "--bug", "D-44", "--sut", "true", "-");
        assertEquals(2, cli.code());
        assertTrue(cli.err().contains("--bug: only the reference has one; leave out --sut"), cli.err());
    }

    @Test
    void unknownBugIsWrongUsage() {
        Cli cli = Cli.runWith("", "serve", "--bug", "D-99");
        assertEquals(2, cli.code());
        assertTrue(
                cli.err().contains("expected an id that nestor bugs lists, for example D-01, found D-99"), cli.err());
    }
}
