package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBugs;

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
