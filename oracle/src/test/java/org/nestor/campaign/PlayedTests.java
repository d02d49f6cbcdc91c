package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.rule.RuleId;

class PlayedTests {
    private static final RuleId RULE = RuleId.of("A-STE-01");
    private static final OutcomeKind KIND = new OutcomeKind("DMA: ok");

    private static Set<Target> reached(List<String> indeterminate, Optional<Failure> failure) {
        return new Played(List.of(), 0, 0, indeterminate, failure, Map.of(RULE, 2L), Map.of(KIND, 1L)).reached();
    }

    @Test
    void whatDecidedAndWhatCameOutIsReached() {
        assertEquals(Set.of(new Target.Decision(RULE), new Target.Outcome(KIND)), reached(List.of(), Optional.empty()));
    }

    @Test
    void aScenarioThatCouldNotBeJudgedWhollyHasReachedNothing() {
        assertEquals(Set.of(), reached(List.of("the event queue cannot be followed"), Optional.empty()));
    }

    @Test
    void aScenarioThatFailedHasReachedNothing() {
        Failure failure = new Failure.End(new Reply.Failure(ErrorCode.DIED, "gone"));
        assertEquals(Set.of(), reached(List.of(), Optional.of(failure)));
    }
}
