package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.rule.RuleId;

class PlayedTests {
    private static final RuleId RULE = RuleId.of("A-STE-01");
    private static final OutcomeKind KIND = new OutcomeKind("DMA: ok");

    private static Played played(List<String> indeterminate) {
        return new Played(List.of(), 0, 0, indeterminate, Optional.empty(), Map.of(RULE, 2L), Map.of(KIND, 1L));
    }

    @Test
    void whatDecidedAndWhatCameOutIsReached() {
        assertEquals(
                Set.of(new Target.Decision(RULE), new Target.Outcome(KIND)),
                played(List.of()).reached());
    }

    @Test
    void aScenarioThatCouldNotBeJudgedWhollyHasReachedNothing() {
        assertEquals(
                Set.of(), played(List.of("the event queue cannot be followed")).reached());
    }
}
