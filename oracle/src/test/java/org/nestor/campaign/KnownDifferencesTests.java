package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.protocol.ProtocolException;
import org.nestor.rule.RuleId;

class KnownDifferencesTests {

    @TempDir
    Path folder = Path.of("");

    private static KnownDifferences.Entry entry(String title, String... rules) {
        return new KnownDifferences.Entry("K-1", rules(rules), title, "because");
    }

    private static List<RuleId> rules(String... rules) {
        return Arrays.stream(rules).map(RuleId::of).toList();
    }

    private static Cause cause(String title, String... rules) {
        return new Cause(rules(rules), title);
    }

    private KnownDifferences read(String text) throws IOException, ProtocolException {
        return KnownDifferencesFile.read(Files.writeString(folder.resolve("known.jsonl"), text));
    }

    private String complaint(String text) {
        String message = String.valueOf(
                assertThrows(ProtocolException.class, () -> read(text)).getMessage());
        return message.replace(folder.resolve("known.jsonl").toString(), "known");
    }

    @Test
    void aStarStandsForAnyTextAndNothingElseIsSpecial() {
        assertTrue(entry("event record *: IPA wrong").declares(cause("event record F_ACCESS: IPA wrong")));
        assertTrue(entry("dma (a.b) \\E [x]").declares(cause("dma (a.b) \\E [x]")));
        assertFalse(entry("dma (a.b)").declares(cause("dma (axb)")));
        assertFalse(entry("dma").declares(cause("dma ends")));
        assertTrue(entry("*").declares(cause("anything")));
    }

    @Test
    void theCauseMustRestOnEachRule() {
        assertTrue(entry("t", "A-STE-01").declares(cause("t", "A-STE-02", "A-STE-01")));
        assertFalse(entry("t", "A-STE-01", "A-STE-03").declares(cause("t", "A-STE-01")));
        assertTrue(entry("t").declares(cause("t", "A-STE-01")));
    }

    @Test
    void theFirstEntryThatDeclaresACauseIsTaken() throws Exception {
        KnownDifferences known = read("""
                # of version 1
                {"id":"K-1","rules":["A-STE-01"],"title":"one *","reason":"r1"}

                {"id":"K-2","title":"*","reason":"r2","defect":"x","does":"d","architecture":"a","scenario":"s"}
                """);
        assertEquals(
                "K-1",
                known.declaring(cause("one thing", "A-STE-01")).orElseThrow().id());
        assertEquals("r2", known.declaring(cause("one thing")).orElseThrow().reason());
        assertTrue(KnownDifferences.NONE.declaring(cause("one thing")).isEmpty());
    }

    @Test
    void whatIsWrongIsToldWithLineAndColumn() {
        String good = "{\"id\":\"K-1\",\"title\":\"t\",\"reason\":\"r\"}\n";
        assertEquals("known:2:1: expected a member \"title\"", complaint(good + "{\"id\":\"K-2\",\"reason\":\"r\"}"));
        assertTrue(complaint(good + "# x\n{\"id\":7}").startsWith("known:3:7: "), complaint(good + "# x\n{\"id\":7}"));
        assertTrue(complaint("{\"id\":\"K\",\"rules\":[\"A-1\"],\"title\":\"t\",\"reason\":\"r\"}")
                .startsWith("known:1:20: rules[0]: expected a rule id such as A-STE-12"));
        assertTrue(complaint("{\"id\":\"K\"").startsWith("known:1:10: Unexpected end-of-input"));
        assertEquals(
                "known:1:36: unknown member \"x\"",
                complaint("{\"id\":\"K\",\"title\":\"t\",\"reason\":\"r\",\"x\":1}"));
    }
}
