package org.nestor.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIdTests {

    @Test
    void idPrintsAsWritten() {
        assertEquals("A-STE-12", RuleId.of("A-STE-12").toString());
        assertEquals("A-STE", RuleId.of("A-STE-12").area());
        assertEquals(12, RuleId.of("A-STE-12").number());
    }

    @Test
    void areaMayBeThePrefixAlone() {
        assertEquals("D", RuleId.of("D-07").area());
        assertEquals(7, RuleId.of("D-07").number());
    }

    @Test
    void equalIdsAreEqualValues() {
        assertEquals(RuleId.of("C-INV-05"), RuleId.of("C-INV-05"));
        assertEquals(RuleId.of("C-INV-05").hashCode(), RuleId.of("C-INV-05").hashCode());
        assertNotEquals(RuleId.of("C-INV-05"), RuleId.of("C-INV-06"));
    }

    @Test
    void orderIsByPrefixThenAreaThenNumber() {
        List<String> sorted = Stream.of("C-CFG-01", "A-STE-100", "A-STE-12", "A-ADR-20", "A-STE-02")
                .map(RuleId::of)
                .sorted()
                .map(RuleId::toString)
                .toList();

        assertEquals(List.of("A-ADR-20", "A-STE-02", "A-STE-12", "A-STE-100", "C-CFG-01"), sorted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A-STE", "A-STE-1", "A-STE-1234", "a-STE-12", "A-ste-12", "A--12", " A-STE-12", "D-07 "})
    void malformedIdIsRefused(String id) {
        assertThrows(IllegalArgumentException.class, () -> RuleId.of(id));
    }
}
