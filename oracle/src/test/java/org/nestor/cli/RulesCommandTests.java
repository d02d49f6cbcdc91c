package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Certainty;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleEntry;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlace;
import org.nestor.rule.RulePlace.Kind;
import org.nestor.rule.RulePlaces;
import picocli.CommandLine;

class RulesCommandTests {

    private static final RuleCatalogue CATALOGUE = RuleCatalogue.of(List.of(
            entry("A-STE-01", "5.2.2", "STE.V = 0 aborts with C_BAD_STE."),
            entry("A-STE-02", "5.2.2", "A \"quoted\" word."),
            entry("A-GER-08", "7.5", "Service failure mode."),
            entry("C-CMP-01", "3.21", "Word ".repeat(40) + "end.")));

    private static final RulePlaces PLACES = RulePlaces.of(
            List.of(
                    new RulePlace(RuleId.of("A-STE-01"), Kind.DECIDED, "org.nestor.smmu.Ste#valid"),
                    new RulePlace(RuleId.of("A-STE-01"), Kind.TESTED, "org.nestor.smmu.SteTests#one"),
                    new RulePlace(RuleId.of("A-STE-01"), Kind.TESTED, "org.nestor.smmu.SteTests#two"),
                    new RulePlace(RuleId.of("A-STE-02"), Kind.TESTED, "org.nestor.smmu.SteTests#two")),
            Map.of(RuleId.of("A-GER-08"), "It cannot happen."));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listTellsOfEachRuleWhatAccountsForIt() {
        assertEquals(0, run());
        assertEquals("""
                RULE        SECTION  TESTS  DECIDED BY
                A-GER-08    7.5          0  not modelled: It cannot happen.
                A-STE-01    5.2.2        2  Ste#valid
                A-STE-02    5.2.2        1  tested only: SteTests#two
                C-CMP-01    3.21         0  NO PLACE

                of 4: 1 decided, 1 tested only, 1 not modelled, 1 without a place
                """, out.toString());
    }

    @Test
    void areaLimitsTheList() {
        assertEquals(0, run("--area", "A-GER"));
        assertTrue(out.toString().contains("A-GER-08"));
        assertTrue(out.toString().endsWith("of 1: 0 decided, 0 tested only, 1 not modelled, 0 without a place\n"));
    }

    @Test
    void ruleIsPrintedWithItsSentenceAndAllItsPlaces() {
        assertEquals(0, run("--rule", "A-STE-01"));
        assertEquals("""
                A-STE-01  IHI 0070 section 5.2.2, certainty 1 S
                  STE.V = 0 aborts with C_BAD_STE.
                  decided by    org.nestor.smmu.Ste#valid
                  tested by     org.nestor.smmu.SteTests#one
                  tested by     org.nestor.smmu.SteTests#two
                """, out.toString());
    }

    @Test
    void longSentenceIsBrokenAtWordsWithin120Columns() {
        assertEquals(0, run("--rule", "C-CMP-01"));
        List<String> lines = out.toString().lines().toList();

        assertEquals("  " + "Word ".repeat(22) + "Word", lines.get(1));
        assertEquals("  " + "Word ".repeat(17) + "end.", lines.get(2));
        assertEquals("  NO PLACE", lines.get(3));
        assertEquals(4, lines.size());
    }

    @Test
    void missingListsRulesWithoutAPlaceAndFails() {
        assertEquals(1, run("--missing", "--json"));
        assertTrue(out.toString().startsWith("{\"rule\":\"C-CMP-01\","));
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void missingSucceedsWhereEveryRuleIsAccountedFor() {
        assertEquals(0, run("--missing", "--area", "A-STE"));
    }

    @Test
    void jsonIsOneObjectALine() {
        assertEquals(0, run("--json", "--area", "A-STE"));
        assertEquals("""
                {"rule":"A-STE-01","section":"5.2.2","certainty":"1 S","text":"STE.V = 0 aborts with C_BAD_STE.",\
                "decided":["org.nestor.smmu.Ste#valid"],\
                "tested":["org.nestor.smmu.SteTests#one","org.nestor.smmu.SteTests#two"]}
                {"rule":"A-STE-02","section":"5.2.2","certainty":"1 S","text":"A \\"quoted\\" word.",\
                "decided":[],"tested":["org.nestor.smmu.SteTests#two"]}
                """, out.toString());
    }

    @Test
    void placesThatDoNotFitAreCounted() {
        List<RulePlace> many = List.of("First", "Second", "Third", "Fourth").stream()
                .map(name -> new RulePlace(
                        RuleId.of("A-STE-01"), Kind.DECIDED, "org.nestor.smmu." + name + "DecidingClass#method"))
                .toList();
        CommandLine command = new CommandLine(new RulesCommand(() -> CATALOGUE, () -> RulePlaces.of(many, Map.of())));

        command.setOut(new PrintWriter(out)).execute("--area", "A-STE");
        assertEquals(
                "A-STE-01    5.2.2        0  FirstDecidingClass#method, FourthDecidingClass#method,"
                        + " SecondDecidingClass#method +1",
                out.toString().lines().toList().get(1));
    }

    @Test
    void placeThatDoesNotFitIsCut() {
        RulePlace tested = new RulePlace(RuleId.of("A-STE-01"), Kind.TESTED, "p.Tests#" + "x".repeat(100));
        CommandLine command =
                new CommandLine(new RulesCommand(() -> CATALOGUE, () -> RulePlaces.of(List.of(tested), Map.of())));

        command.setOut(new PrintWriter(out)).execute("--area", "A-STE");
        String line = out.toString().lines().toList().get(1);
        assertTrue(line.endsWith("1  tested only: Tests#" + "x".repeat(65) + "..."), line);
    }

    @Test
    void unknownRuleOrAreaIsWrongUsage() {
        assertEquals(2, run("--rule", "A-STE-77"));
        assertEquals(2, run("--area", "A-XYZ"));
        assertEquals(2, run("--rule", "STE12"));
        assertTrue(err.toString().contains("no rule has that id or area"));
        assertTrue(err.toString().contains("not a rule id: 'STE12'"));
        assertEquals("", out.toString());
    }

    @Test
    void everyLineOfTheRealListFitsInto120Columns() {
        CommandLine command = new CommandLine(new RulesCommand());

        assertEquals(0, command.setOut(new PrintWriter(out)).execute());
        assertEquals(
                List.of(),
                out.toString().lines().filter(line -> line.length() > 120).toList());
        assertEquals(837, out.toString().lines().count());
    }

    private int run(String... arguments) {
        return new CommandLine(new RulesCommand(() -> CATALOGUE, () -> PLACES))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static RuleEntry entry(String id, String section, String text) {
        return new RuleEntry(RuleId.of(id), section, Certainty.SPECIFICATION, text);
    }
}
