package org.nestor.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulePlacesTests {

    private static final RuleId STE = RuleId.of("A-STE-01");
    private static final RuleId SECURE = RuleId.of("A-STE-02");
    private static final RuleId NOWHERE = RuleId.of("A-STE-03");

    private final RulePlaces places = RulePlaces.of(
            List.of(
                    new RulePlace(STE, RulePlace.Kind.TESTED, "p.T#t"),
                    new RulePlace(STE, RulePlace.Kind.DECIDED, "p.B#b"),
                    new RulePlace(STE, RulePlace.Kind.DECIDED, "p.A#a")),
            Map.of(SECURE, "no Secure state"));

    @Test
    void placesOfARuleAreSortedAndToldApart() {
        assertEquals(List.of("p.A#a", "p.B#b"), places.decided(STE));
        assertEquals(List.of("p.T#t"), places.tested(STE));
        assertEquals(Optional.empty(), places.notModelled(STE));
    }

    @Test
    void ruleThatIsNotModelledHasAReason() {
        assertEquals(Optional.of("no Secure state"), places.notModelled(SECURE));
        assertEquals(List.of(SECURE), places.notModelled());
        assertEquals(List.of(), places.decided(SECURE));
    }

    @Test
    void ruleIsAccountedForByAPlaceOrAReason() {
        assertTrue(places.accountsFor(STE));
        assertTrue(places.accountsFor(SECURE));
        assertFalse(places.accountsFor(NOWHERE));
    }

    @Test
    void checkedInIndexGivesEveryReasonInOneSentence() {
        RulePlaces checkedIn = RulePlaces.load();

        assertTrue(checkedIn.notModelled().size() < 25);
        for (RuleId rule : checkedIn.notModelled()) {
            assertTrue(checkedIn.notModelled(rule).orElseThrow().matches("[A-Z].*[^. ]\\."), rule::toString);
        }
    }
}
