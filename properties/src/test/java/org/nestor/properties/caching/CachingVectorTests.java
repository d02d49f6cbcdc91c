package org.nestor.properties.caching;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.generators.vectors.CachingVector;
import org.nestor.generators.vectors.CachingVectors;
import org.nestor.generators.vectors.Machine;
import org.nestor.generators.vectors.Outcome;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;

/**
 * Every vector, with and without each of its optional steps, under every cache policy: whatever comes of it is legal, and whatever is
 * legal comes of it under some policy.
 */
class CachingVectorTests {
    private static final int SEEDS = 200;
    private static final long GIB = 1L << 30;
    private static final List<NamedPolicy> POLICIES = NamedPolicy.all(SEEDS);
    private static final Map<String, CachingVector> VECTORS =
            CachingVectors.all().stream().collect(toMap(CachingVector::id, identity()));

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V4", "V5", "V6", "V7", "V8", "V34"})
    @Rule("C-TLB-01")
    @Rule("C-TLB-02")
    @Rule("C-TLB-03")
    @Rule("C-TLB-09")
    @Rule("C-CMP-02")
    @Rule("C-INV-01")
    @Rule("C-RIL-01")
    void descriptorsAreRememberedUntilTheirAddressIsInvalidated(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V2", "V3", "V19", "V29"})
    @Rule("C-CMP-01")
    @Rule("C-CMP-02")
    @Rule("C-CMP-03")
    @Rule("C-CMP-07")
    @Rule("C-CMP-08")
    @Rule("C-INV-10")
    void invalidationIsCompleteWithTheSyncAndInNoOrderBeforeIt(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V11", "V12", "V13", "V30", "V31", "V32"})
    @Rule("C-CFG-01")
    @Rule("C-CFG-02")
    @Rule("C-CFG-04")
    @Rule("C-CMP-02")
    @Rule("C-CMP-04")
    @Rule("C-INV-04")
    void configurationIsRememberedUntilItsStreamIsInvalidated(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V14", "V15", "V16", "V27"})
    @Rule("C-CFG-01")
    @Rule("C-CMP-02")
    @Rule("C-TLB-08")
    @Rule("C-INV-03")
    void translationsKeepTheContextTheyWereFormedUnder(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V9", "V10", "V28", "V33"})
    @Rule("A-WLK-12")
    @Rule("C-INV-07")
    @Rule("C-KEY-03")
    @Rule("C-KEY-04")
    @Rule("C-KEY-05")
    void tagsSayWhoUsesAnEntryAndWhichCommandRemovesIt(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V17", "V18", "V20", "V21", "V22", "V23", "V24"})
    @Rule("C-INV-04")
    @Rule("C-INV-08")
    @Rule("C-INV-09")
    @Rule("C-INV-11")
    @Rule("C-INV-12")
    @Rule("C-CFG-07")
    @Rule("C-CMP-02")
    void stage2IsRememberedInEveryFormThatNestingGivesIt(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V25", "V26", "V35", "V36"})
    @Rule("C-RIL-02")
    @Rule("C-RIL-04")
    @Rule("C-RIL-05")
    @Rule("C-RIL-09")
    void rangeRemovesTheLevelsThatItsHintNames(String id) {
        reachesAllThatIsLegalAndNothingElse(id);
    }

    private static void reachesAllThatIsLegalAndNothingElse(String id) {
        CachingVector vector = VECTORS.get(id);
        Set<Outcome> reached = new HashSet<>();
        for (NamedPolicy policy : POLICIES) {
            int options = 0;
            for (int steps = 0; steps < 1 << options; steps++) {
                CachingVector.Played played = vector.play(Machine.of(policy.smmu(SparseMemory.ram(0, GIB))), steps);
                options = played.options();
                assertTrue(
                        vector.legal().contains(played.outcome()),
                        vector + " under " + policy + " with steps 0b" + Integer.toBinaryString(steps) + ": "
                                + played.outcome());
                reached.add(played.outcome());
            }
        }
        assertEquals(vector.legal(), reached, vector::toString);
    }

    @Test
    void vectorsAreNumberedWithoutAGapAndEachIsPlayed() {
        List<String> expected =
                IntStream.rangeClosed(1, 36).mapToObj(number -> "V" + number).toList();
        assertEquals(
                expected, CachingVectors.all().stream().map(CachingVector::id).toList());
        assertEquals(
                new HashSet<>(expected),
                played().flatMap(CachingVectorTests::idsOf).collect(toSet()));
    }

    @Test
    void rulesOfAVectorAreThoseOfTheTestThatPlaysIt() {
        played().forEach(test -> {
            Set<RuleId> ofVectors = new TreeSet<>();
            idsOf(test).forEach(id -> ofVectors.addAll(VECTORS.get(id).rules()));
            Set<RuleId> ofTest = new TreeSet<>();
            Arrays.stream(test.getAnnotationsByType(Rule.class)).forEach(rule -> ofTest.add(RuleId.of(rule.value())));
            assertEquals(ofVectors, ofTest, test.getName());
        });
    }

    private static Stream<Method> played() {
        return Arrays.stream(CachingVectorTests.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(ValueSource.class));
    }

    private static Stream<String> idsOf(Method test) {
        return Arrays.stream(test.getAnnotation(ValueSource.class).strings());
    }
}
