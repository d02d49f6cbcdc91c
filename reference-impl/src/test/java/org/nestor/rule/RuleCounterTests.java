package org.nestor.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class RuleCounterTests {

    private static final RuleId STE = RuleId.of("A-STE-01");
    private static final RuleId CDV = RuleId.of("A-CDV-01");

    private final RuleCounter counter = new RuleCounter();

    @Test
    void eachDecisionIsCountedInTheOrderOfTheRules() {
        counter.decided(STE);
        counter.decided(CDV);
        counter.decided(STE);

        assertEquals(Map.of(STE, 2L, CDV, 1L), counter.snapshot());
        assertEquals(List.of(CDV, STE), List.copyOf(counter.snapshot().keySet()));
    }

    @Test
    void snapshotDoesNotChangeWhenTheRunGoesOn() {
        counter.decided(STE);
        SortedMap<RuleId, Long> before = counter.snapshot();
        counter.decided(STE);

        assertEquals(Map.of(STE, 1L), before);
    }
}
