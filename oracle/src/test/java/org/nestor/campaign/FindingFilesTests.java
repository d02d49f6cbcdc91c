package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.campaign.Played.Exchange;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;

class FindingFilesTests {

    @TempDir
    Path folder = Path.of("");

    private static Finding finding(String title, String... rules) {
        Played played = new Played(
                List.of(
                        new Exchange(new Request.Reset(Map.of()), new Reply.Done()),
                        new Exchange(new Request.Step(), new Reply.Stepped(List.of()))),
                1,
                1,
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of());
        return new Finding(new Cause(Arrays.stream(rules).map(RuleId::of).toList(), title), 5, 1, played);
    }

    @Test
    void anIdIsMadeOfTheFirstRuleAndTheTitle() {
        FindingFiles files = new FindingFiles(Optional.empty());
        assertEquals("A-FLT-22-event-record-wrong", files.id(finding("event record: WRONG!", "A-STE-01", "A-FLT-22")));
    }

    @Test
    void idsOfDifferentCausesDifferAndStay() {
        FindingFiles files = new FindingFiles(Optional.empty());
        String title = "a title that is much too long for the name of a file in anybody's folder, and goes on";
        String first = files.id(finding(title, "A-STE-01"));
        String second = files.id(finding(title, "A-STE-01", "A-STE-02"));
        assertNotEquals(first, second);
        assertTrue(second.endsWith("-2"), second);
        assertEquals(first, files.id(finding(title, "A-STE-01")));
        assertEquals(second, files.id(finding(title, "A-STE-01", "A-STE-02")));
    }

    @Test
    void withoutAFolderNothingIsKeptAndNoPathTold() {
        assertEquals(Optional.empty(), new FindingFiles(Optional.empty()).path(finding("odd", "A-STE-01")));
    }

    @Test
    void aTraceBeginsWithWhatTheImplementationSaysOfItself() throws Exception {
        FindingFiles files = new FindingFiles(Optional.of(folder));
        Reply.Introduction told = (Reply.Introduction) new ReferenceConfiguration(Profile.MINIMAL, Caching.NEVER, 0)
                .create(RuleLog.NONE)
                .send(new Request.Hello());
        files.introduced(told);
        Finding finding = finding("odd", "A-STE-01");
        files.write(finding);
        List<String> lines = Files.readAllLines(folder.resolve(files.trace(finding)));
        assertTrue(lines.get(1).startsWith("{\"op\":\"hello\",\"reply\":{"), lines.get(1));
        assertEquals(
                List.of("{\"op\":\"reset\"}", "{\"op\":\"step\"}"),
                Files.readAllLines(folder.resolve(files.scenario(finding))).subList(1, 3));
    }

    @Test
    void theCaseIsWrittenAsScenarioAndAsTrace() throws Exception {
        FindingFiles files = new FindingFiles(Optional.of(folder.resolve("new")));
        Finding finding = finding("odd", "A-STE-01");
        files.write(finding);
        assertEquals("""
                {"nestor":1,"name":"A-STE-01-odd","note":"odd [A-STE-01]"}
                {"op":"reset"}
                {"op":"step"}
                """, Files.readString(Path.of(files.path(finding).orElseThrow())));
        assertEquals("""
                {"nestor":1,"name":"A-STE-01-odd","note":"odd [A-STE-01]"}
                {"op":"reset","reply":{}}
                {"op":"step","reply":{"completed":[]}}
                """, Files.readString(folder.resolve("new").resolve(files.trace(finding))));
    }
}
