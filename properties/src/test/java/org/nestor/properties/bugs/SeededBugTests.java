package org.nestor.properties.bugs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.bugs.BugComponent;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.rule.RuleCatalogue;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;

/** Each seeded bug is really different from the reference, in the way its entry says. */
class SeededBugTests {
    private static final List<Witness> WITNESSES = Stream.of(
                    StreamTableWitnesses.all(),
                    ContextWitnesses.all(),
                    WalkWitnesses.all(),
                    TlbWitnesses.all(),
                    ConfigurationWitnesses.all(),
                    QueueWitnesses.all(),
                    EventWitnesses.all(),
                    RegisterWitnesses.all(),
                    StallWitnesses.all())
            .flatMap(List::stream)
            .toList();

    /** Those of the software above have guests for witnesses, which {@link QuickHuntTests} lets run. */
    static List<SeededBug> bugsOfSmmus() {
        return SeededBugs.all().stream().filter(SeededBug::isInSmmu).toList();
    }

    static List<Witness> witnesses() {
        return WITNESSES;
    }

    @ParameterizedTest
    @MethodSource("witnesses")
    void referenceShowsWhatIsRight(Witness witness) {
        assertEquals(witness.right(), witness.on(new SmmuParts(new CachedTranslation(CachePolicies::infinite))));
    }

    @ParameterizedTest
    @MethodSource("witnesses")
    void mutantShowsWhatIsWrong(Witness witness) {
        SeededBug bug = SeededBugs.find(witness.bug()).orElseThrow();
        assertEquals(witness.wrong(), witness.on(bug.parts(CachePolicies::infinite)));
    }

    /** What a mutant does wrong is what software sees; it never fails by itself. Software may give up waiting for it. */
    @ParameterizedTest
    @MethodSource("bugsOfSmmus")
    void mutantTakesEveryPlayUnderEveryPolicy(SeededBug bug) {
        List<Supplier<CachePolicy>> policies = List.of(
                CachePolicies::never,
                CachePolicies::infinite,
                () -> CachePolicies.lru(2),
                () -> CachePolicies.random(1),
                () -> CachePolicies.prefetching(1));
        for (Supplier<CachePolicy> policy : policies) {
            for (Witness witness : WITNESSES) {
                assertDoesNotThrow(() -> played(witness, bug.parts(policy)), () -> bug + " plays " + witness);
            }
        }
    }

    private static String played(Witness witness, SmmuParts parts) {
        try {
            return witness.on(parts);
        } catch (IllegalStateException gaveUp) {
            return gaveUp.toString();
        }
    }

    @Test
    void everyBugOfAnSmmuHasOneWitness() {
        assertEquals(
                bugsOfSmmus().stream().map(SeededBug::id).toList(),
                WITNESSES.stream().map(Witness::bug).sorted().toList());
    }

    @Test
    void everyComponentHasABug() {
        Set<BugComponent> seen =
                SeededBugs.all().stream().map(SeededBug::component).collect(Collectors.toSet());
        assertEquals(Set.of(BugComponent.values()), seen);
    }

    @Test
    void everyBugNamesRulesOfTheCatalogue() {
        RuleCatalogue catalogue = RuleCatalogue.load();
        for (SeededBug bug : SeededBugs.all()) {
            assertFalse(bug.rules().isEmpty(), bug.toString());
            bug.rules().forEach(rule -> assertTrue(catalogue.find(rule).isPresent(), bug + " names " + rule));
        }
    }
}
