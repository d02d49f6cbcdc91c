package org.nestor.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.reports.RuleCoverage.Row;

class RuleCoverageTests {
    private static final RuleCoverage COVERAGE = new RuleCoverage(List.of(
            new Row("A-STE-01", "5.2.2", 12, true),
            new Row("A-STE-02", "5.2.2", 0, true),
            new Row("C-TLB-05", "3.13", 1_234_567, true),
            new Row("A-GER-08", "7.5", 0, false)));

    @Test
    void textListsTheRulesThatDecided() {
        assertEquals("""
                RULE        SECTION        HITS
                A-STE-01    5.2.2            12
                C-TLB-05    3.13        1234567
                2 of 4 rules decided; 1 are not modelled
                """, COVERAGE.toText());
    }

    @Test
    void jsonHasTheRulesThatDidNotDecideToo() {
        assertEquals(
                "{\"hits\":{\"A-STE-01\":12,\"A-STE-02\":0,\"C-TLB-05\":1234567},\"notModelled\":[\"A-GER-08\"]}",
                COVERAGE.toJson());
    }

    @Test
    void runWithoutRulesHasAnEmptyReport() {
        RuleCoverage empty = new RuleCoverage(List.of());
        assertEquals("{\"hits\":{},\"notModelled\":[]}", empty.toJson());
        assertEquals(List.of(), empty.decided());
    }
}
