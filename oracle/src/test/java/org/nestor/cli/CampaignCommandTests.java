package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Ending;
import org.nestor.reports.ResultsFile;
import org.nestor.reports.SelfTest;

/** {@code nestor campaign}. */
class CampaignCommandTests {
    private static final String HELLO = "{\"name\":\"toy\",\"version\":\"1\",\"protocol\":1,\"features\":[\"status\"],"
            + "\"memory\":[{\"base\":\"0x0\",\"size\":\"0x10000000\"}],\"sids\":[\"0x0\",\"0x1\"],"
            + "\"idr\":{\"IDR0\":\"0x8f369b\",\"IDR1\":\"0xd084210\",\"IDR3\":\"0x2d14\",\"IDR5\":\"0x100075\","
            + "\"AIDR\":\"0x2\"},\"dmaMaxLength\":4096}";

    @TempDir
    Path folder = Path.of("");

    private static Cli campaign(String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "campaign";
        all[1] = "--jobs";
        all[2] = "1";
        System.arraycopy(args, 0, all, 3, args.length);
        return Cli.run(all);
    }

    /** A program that says who it is, and at any other request does this. */
    private static String toy(String otherwise) {
        return "while read x; do case $x in *hello*) echo '" + HELLO + "';; *) " + otherwise + ";; esac; done";
    }

    @Test
    void aSoundReferenceEndsWithZeroAndSaysWhatWasDone() {
        Cli cli = campaign("--scenarios", "3");
        assertEquals(0, cli.code(), cli.out() + cli.err());
        assertTrue(cli.lines().get(0).startsWith("nestor "), cli.out());
        assertTrue(cli.lines().get(0).contains(", seed 0: 3 scenarios with "), cli.out());
        assertTrue(cli.out().contains("self-test: the planted D-01 was seen after "), cli.out());
    }

    @Test
    void aFindingIsSavedAndTheSavedCaseShowsItAgain() throws Exception {
        Cli cli = campaign("--scenarios", "4", "--shrink", "50", "--bug", "D-08", "--report", folder.toString());
        assertEquals(1, cli.code(), cli.out() + cli.err());
        CampaignResult result = ResultsFile.read(folder.resolve("results.json"));
        assertTrue(Files.readString(folder.resolve("index.html"))
                .contains(result.divergences().get(0).id()));
        String replay = result.divergences().get(0).replay().orElseThrow();
        assertTrue(cli.out().contains("again: " + replay), cli.out());
        assertTrue(replay.startsWith("./nestor run --judge "), replay);
        Cli again = Cli.run(replay.substring("./nestor ".length()).split(" ", -1));
        assertEquals(1, again.code(), again.out() + again.err());
        assertTrue(
                again.out().contains(result.divergences().get(0).title())
                        || again.err().contains(result.divergences().get(0).title()),
                again.err());
    }

    @Test
    void aFaultOfSoftwareIsLookedForByGuests() {
        Cli cli = Cli.run("campaign", "--bug", "D-62", "--scenarios", "5", "--report", folder.toString());
        assertEquals(1, cli.code(), cli.out() + cli.err());
        assertTrue(cli.out().contains("D-62: index 0x"), cli.out());
        assertTrue(cli.out().contains("  ODD_TAIL "), cli.out());
        assertTrue(Files.exists(folder.resolve("hunt.html")));
        assertEquals(0, Cli.run("campaign", "--bug", "D-51", "--scenarios", "1").code());
    }

    @Test
    void aDeclaredDifferenceIsCountedAndShownAndEndsWithZero() throws Exception {
        Path known = Files.writeString(
                folder.resolve("known.jsonl"), "{\"id\":\"K-8\",\"title\":\"*\",\"reason\":\"the toy is old\"}\n");
        Path report = folder.resolve("report");
        Cli cli = campaign(
                "--scenarios",
                "4",
                "--shrink",
                "0",
                "--bug",
                "D-08",
                "--known",
                known.toString(),
                "--report",
                report.toString());
        assertEquals(0, cli.code(), cli.out() + cli.err());
        assertTrue(cli.out().contains(", declared as K-8"), cli.out());
        CampaignResult result = ResultsFile.read(report.resolve("results.json"));
        assertTrue(result.verdicts().diverges() > 0);
        assertTrue(result.divergences().stream().allMatch(one -> one.known() && one.count() > 0));
        assertEquals(
                "the toy is old",
                result.divergences().get(0).declaration().orElseThrow().reason());
    }

    @Test
    void aListThatIsNoneIsOneLineWithItsPlace() throws Exception {
        Path known = Files.writeString(folder.resolve("known.jsonl"), "# list\n{\"id\":\"K\",\"reason\":\"r\"}\n");
        Cli cli = campaign("--scenarios", "1", "--known", known.toString());
        assertEquals(2, cli.code());
        assertEquals("nestor campaign: " + known + ":2:1: expected a member \"title\"\n", cli.err());
        assertEquals("", cli.out());
    }

    @Test
    void aListThatIsNotThereIsOneLine() {
        Path known = folder.resolve("none.jsonl");
        Cli cli = campaign("--scenarios", "1", "--known", known.toString());
        assertEquals(2, cli.code());
        assertEquals("nestor campaign: " + known + ": expected a file, found nothing of that name\n", cli.err());
    }

    @Test
    void aReportThatCannotBeWrittenIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Cli cli = campaign("--scenarios", "1", "--report", file.resolve("in").toString());
        assertEquals(2, cli.code());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertEquals("x", Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 7|died: exit code 7",
                "kill -9 $$|died: ended by signal 9",
                "echo garbage|died: not a reply: reply: Unrecognized token",
            })
    void aProgramThatEndsIsAFinding(String end, String title) throws Exception {
        Cli cli = campaign("--scenarios", "3", "--shrink", "5", "--sut", toy(end), "--report", folder + "/r");
        assertEquals(3, cli.code(), cli.out() + cli.err());
        CampaignResult result = ResultsFile.read(folder.resolve("r/results.json"));
        assertEquals(3, result.verdicts().died());
        assertEquals(1, result.divergences().size());
        assertTrue(
                result.divergences().get(0).title().startsWith(title),
                result.divergences().toString());
        assertEquals(Ending.DIED, result.divergences().get(0).ending().orElseThrow());
        assertEquals(3, result.divergences().get(0).count());
    }

    @Test
    void aProgramThatHangsIsAFinding() throws Exception {
        Cli cli = campaign(
                "--scenarios",
                "2",
                "--shrink",
                "0",
                "--timeout",
                "1",
                "--sut",
                toy("exec sleep 600"),
                "--report",
                folder + "/r");
        assertEquals(3, cli.code(), cli.out() + cli.err());
        CampaignResult result = ResultsFile.read(folder.resolve("r/results.json"));
        assertEquals(Ending.HUNG, result.divergences().get(0).ending().orElseThrow());
        assertEquals(2, result.divergences().get(0).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 7", "read x; echo garbage"})
    void aProgramThatDoesNotSayWhoItIsHasDied(String command) {
        Cli cli = campaign("--scenarios", "1", "--sut", command);
        assertEquals(3, cli.code());
        assertTrue(cli.err().startsWith("nestor campaign: program " + command + ": at hello it died: "), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    @Test
    void aProgramThatHasNoMemoryIsNotFit() {
        String none = toy("exit 7").replace("0x10000000", "0x1000");
        Cli cli = campaign("--scenarios", "1", "--sut", none);
        assertEquals(2, cli.code());
        assertTrue(
                cli.err().contains("its reply to hello does not fit: no window of RAM has 67108864 bytes"), cli.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--time|soon|expected a time such as 90s, 10m or 2h, found soon",
                "--time|-1s|expected a time such as 90s, 10m or 2h, found -1s",
                "--time|10000000000|expected a time such as 90s, 10m or 2h, found 10000000000",
                "--scenarios|0|--jobs and --scenarios: expected at least 1",
                "--shrink|-1|--shrink at least 0",
                "--bug|D-99|expected an id that nestor bugs lists",
                "--policy|some|expected one of never, infinite, lru, random, prefetch",
            })
    void aWrongOptionIsWrongUsage(String option, String value, String complaint) {
        Cli cli = campaign(option + "=" + value);
        assertEquals(2, cli.code());
        assertTrue(cli.err().contains(complaint), cli.err());
    }

    @Test
    void aJobIsNeeded() {
        assertEquals(2, Cli.run("campaign", "--jobs", "0", "--scenarios", "1").code());
    }

    @Test
    void timesHaveUnits() {
        CampaignCommand.TimeConverter converter = new CampaignCommand.TimeConverter();
        assertEquals(Duration.ofSeconds(90), converter.convert("90s"));
        assertEquals(Duration.ofSeconds(90), converter.convert("90"));
        assertEquals(Duration.ofMinutes(10), converter.convert("10m"));
        assertEquals(Duration.ofHours(2), converter.convert("2h"));
    }

    @Test
    void aCampaignThatCannotSeeIsAnErrorWhateverItFound() throws Exception {
        campaign("--scenarios", "1", "--report", folder.toString());
        CampaignResult clean = ResultsFile.read(folder.resolve("results.json"));
        assertEquals(ExitCode.CONFORMS, CampaignCommand.code(clean));
        assertEquals(ExitCode.BAD_INPUT, CampaignCommand.code(blind(clean)));
        assertFalse(clean.selfTest().isEmpty());
    }

    private static CampaignResult blind(CampaignResult result) {
        return new CampaignResult(
                result.nestor(),
                result.sut(),
                result.seed(),
                result.started(),
                result.seconds(),
                result.scenarios(),
                result.operations(),
                result.verdicts(),
                result.rules(),
                List.of(),
                result.setup(),
                result.capabilities(),
                result.selfTest().map(test -> new SelfTest(test.bug(), test.title(), false, 9)),
                result.ruleDetails(),
                result.indeterminate(),
                result.outcomes());
    }
}
