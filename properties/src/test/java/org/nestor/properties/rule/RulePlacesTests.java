package org.nestor.properties.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleEntry;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlace;
import org.nestor.rule.RulePlaces;

/**
 * The index of rule places agrees with the sources. A run with {@code -Dnestor.update=true} rewrites the index and
 * prints the rules that nothing accounts for.
 */
class RulePlacesTests {

    private static final String HEADER = "id\tkind\twhere";
    private static final SourceTree SOURCES = SourceTree.ofThisBuild();
    private static final RuleCatalogue CATALOGUE = RuleCatalogue.load();

    private static SortedSet<RulePlace> places;

    @BeforeAll
    static void scan() throws IOException {
        places = SOURCES.places();
    }

    @Test
    void checkedInIndexNamesEveryAnnotatedPlace() throws IOException {
        List<String> rows = new ArrayList<>(List.of(HEADER));
        places.forEach(place -> rows.add(place.toRow()));

        if (Boolean.getBoolean("nestor.update")) {
            Files.write(SOURCES.ruleResource("places.tsv"), rows);
        }
        assertEquals(
                rows,
                Files.readAllLines(SOURCES.ruleResource("places.tsv")),
                "places.tsv is stale: run this test with -Dnestor.update=true");
    }

    @Test
    void everyRuleIsDecidedTestedOrNotModelledForAReason() {
        assertEquals(List.of(), unaccounted());
    }

    /** What is counted at run time can be found in the sources. */
    @Test
    void everyWatchedRuleIsDecidedSomewhere() {
        assertNoPlace(place -> place.kind() == RulePlace.Kind.WATCHED
                && places.stream()
                        .noneMatch(
                                other -> other.rule().equals(place.rule()) && other.kind() == RulePlace.Kind.DECIDED));
    }

    @Test
    void everyAnnotatedRuleIsInTheCatalogue() {
        assertNoPlace(place -> CATALOGUE.find(place.rule()).isEmpty());
    }

    @Test
    void everyRuleThatIsNotModelledIsInTheCatalogue() {
        assertEquals(
                List.of(),
                reasons().notModelled().stream()
                        .filter(rule -> CATALOGUE.find(rule).isEmpty())
                        .toList());
    }

    @Test
    void ruleThatIsNotModelledIsNeitherDecidedNorTested() {
        assertNoPlace(place -> reasons().notModelled(place.rule()).isPresent());
    }

    private static void assertNoPlace(Predicate<RulePlace> wrong) {
        assertEquals(List.of(), places.stream().filter(wrong).toList());
    }

    private static RulePlaces reasons() {
        return RulePlaces.load();
    }

    private static List<RuleId> unaccounted() {
        RulePlaces reasons = reasons();
        return CATALOGUE.all().stream()
                .map(RuleEntry::id)
                .filter(rule -> reasons.notModelled(rule).isEmpty())
                .filter(rule -> places.stream()
                        .noneMatch(place -> place.rule().equals(rule) && place.kind() != RulePlace.Kind.WATCHED))
                .toList();
    }
}
