package org.nestor.rule;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleCatalogueTests {

    private static final RuleCatalogue CATALOGUE = RuleCatalogue.load();

    @Test
    void everyAreaHasItsNumberOfRules() {
        Map<String, Long> counts = CATALOGUE.all().stream()
                .collect(Collectors.groupingBy(rule -> rule.id().area(), TreeMap::new, Collectors.counting()));

        assertEquals(new TreeMap<>(expectedCounts()), counts);
    }

    private static Map<String, Long> expectedCounts() {
        return Map.ofEntries(
                Map.entry("A-REG", 18L),
                Map.entry("A-CTL", 14L),
                Map.entry("A-GBP", 11L),
                Map.entry("A-CMQ", 19L),
                Map.entry("A-CER", 22L),
                Map.entry("A-SYN", 15L),
                Map.entry("A-GER", 9L),
                Map.entry("A-IRQ", 7L),
                Map.entry("A-EVQ", 18L),
                Map.entry("A-SID", 12L),
                Map.entry("A-STE", 40L),
                Map.entry("A-SSD", 12L),
                Map.entry("A-CDF", 13L),
                Map.entry("A-CDV", 24L),
                Map.entry("A-RGM", 8L),
                Map.entry("A-ADR", 20L),
                Map.entry("A-WLK", 14L),
                Map.entry("A-AFD", 17L),
                Map.entry("A-PRM", 25L),
                Map.entry("A-ATT", 16L),
                Map.entry("A-NST", 15L),
                Map.entry("A-FLT", 24L),
                Map.entry("A-TRM", 8L),
                Map.entry("A-STL", 21L),
                Map.entry("A-MEV", 6L),
                Map.entry("A-ATS", 13L),
                Map.entry("A-PRI", 7L),
                Map.entry("A-BYP", 3L),
                Map.entry("A-PRF", 3L),
                Map.entry("C-CFG", 10L),
                Map.entry("C-TLB", 14L),
                Map.entry("C-KEY", 7L),
                Map.entry("C-INV", 17L),
                Map.entry("C-RIL", 10L),
                Map.entry("C-CMP", 11L),
                Map.entry("C-BBM", 2L),
                Map.entry("R-ALLOC", 17L),
                Map.entry("R-ATT", 27L),
                Map.entry("R-DET", 8L),
                Map.entry("R-MAP", 13L),
                Map.entry("R-STE", 23L),
                Map.entry("R-PTA", 31L),
                Map.entry("R-PTD", 7L),
                Map.entry("R-INV", 41L),
                Map.entry("R-MSI", 38L),
                Map.entry("R-EVT", 25L),
                Map.entry("R-PRS", 13L),
                Map.entry("R-VPT", 11L),
                Map.entry("R-VCI", 7L),
                Map.entry("R-VMB", 8L),
                Map.entry("R-REG", 27L),
                Map.entry("R-RSP", 7L),
                Map.entry("R-IRQ", 11L),
                Map.entry("R-LIF", 15L));
    }

    @Test
    void rulesOfAnAreaAreNumberedFromOneWithoutAGap() {
        Map<String, List<Integer>> numbers = CATALOGUE.all().stream()
                .map(RuleEntry::id)
                .collect(Collectors.groupingBy(RuleId::area, Collectors.mapping(RuleId::number, Collectors.toList())));

        assertAll(numbers.entrySet().stream().map(area -> () -> {
            List<Integer> counted =
                    Stream.iterate(1, n -> n + 1).limit(area.getValue().size()).toList();
            assertEquals(counted, area.getValue(), area.getKey());
        }));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleIsOneSentenceWithASection(RuleEntry rule) {
        assertTrue(rule.section().matches("[3-8]|1[0-9]|[3-9]\\.[0-9]+(\\.[0-9]+)?|v1[35]"), rule::toString);
        assertTrue(rule.text().matches("([A-Z0-9]|[a-z0-9]+[_( ,./]).*[^. ]\\."), rule::toString);
        assertFalse(rule.text().matches(".*([a-z0-9)]\\. [A-Z]|  |[^ -~]).*"), rule::toString);
    }

    static List<RuleEntry> rules() {
        return CATALOGUE.all();
    }

    @Test
    void ruleIsFoundByItsIdOnly() {
        RuleId known = RuleId.of("A-STE-01");

        assertEquals(Optional.of(known), CATALOGUE.find(known).map(RuleEntry::id));
        assertEquals(Optional.empty(), CATALOGUE.find(RuleId.of("A-STE-99")));
    }

    @Test
    void ruleListedTwiceIsRefused() {
        RuleEntry rule = new RuleEntry(RuleId.of("A-STE-01"), "5.2.2", Certainty.SPECIFICATION, "Some rule.");

        assertThrows(IllegalStateException.class, () -> RuleCatalogue.of(List.of(rule, rule)));
    }
}
