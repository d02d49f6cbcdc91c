package org.nestor.properties.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.nestor.rule.Rule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;

/** What software can rely on, whatever the caches remember. */
class CachingProperties {

    /** What happens next; the numbers select among what there is, modulo how much there is. */
    sealed interface Step {
        record Translate(int which, int where, int how) implements Step {}

        record Change(CachingWorld.Edit edit, int where, int what, int how) implements Step {}
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Rule("C-CMP-01")
    @Rule("C-CMP-02")
    @Rule("C-CMP-11")
    @Rule("C-TLB-02")
    void cachesCannotBeSeenWhereEveryEditIsInvalidated(
            @ForAll("policies") NamedPolicy policy, @ForAll("steps") List<Step> steps) {
        CachingWorld world = new CachingWorld(policy);
        for (Step step : steps) {
            if (step instanceof Step.Change change) {
                world.edit(change.edit(), change.where(), change.what(), change.how(), true);
            } else if (step instanceof Step.Translate translate) {
                Transaction transaction = transaction(world, translate);
                assertEquals(world.uncached(transaction), world.translate(transaction));
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Rule("C-CFG-01")
    @Rule("C-CFG-04")
    @Rule("C-TLB-01")
    @Rule("C-TLB-02")
    @Rule("C-TLB-03")
    @Rule("C-TLB-13")
    void whatCachesShowWithoutAnyInvalidationWasInMemoryOnce(
            @ForAll("policies") NamedPolicy policy, @ForAll("steps") List<Step> steps) {
        CachingWorld world = new CachingWorld(policy);
        int edits = 0;
        for (Step step : steps) {
            if (step instanceof Step.Change change && edits < 6) {
                edits++;
                world.edit(change.edit(), change.where(), change.what(), change.how(), false);
            } else if (step instanceof Step.Translate translate) {
                Transaction transaction = transaction(world, translate);
                TranslationOutcome outcome = world.translate(transaction);
                assertTrue(
                        world.earlierWordsExplain(outcome, transaction),
                        () -> transaction + " gave " + outcome + ", now it would be " + world.uncached(transaction));
            }
        }
    }

    /** Some edits are followed by the invalidations that they need, and some are not. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    @Rule("C-CMP-02")
    @Rule("C-INV-09")
    @Rule("C-TLB-02")
    @Rule("C-TLB-08")
    @Rule("C-KEY-04")
    void everythingThatCachesShowIsAllowed(@ForAll("policies") NamedPolicy policy, @ForAll("steps") List<Step> steps) {
        CachingWorld world = new CachingWorld(policy, true);
        for (Step step : steps) {
            if (step instanceof Step.Change change) {
                world.edit(change.edit(), change.where(), change.what(), change.how(), change.how() / 7 % 2 == 0);
            } else if (step instanceof Step.Translate translate) {
                world.translate(transaction(world, translate));
            }
            assertEquals(List.of(), world.watch().complaints());
        }
        assertEquals(0, world.watch().excused());
    }

    private static Transaction transaction(CachingWorld world, Step.Translate step) {
        return world.transaction(step.which(), step.where(), step.how());
    }

    @Provide
    Arbitrary<NamedPolicy> policies() {
        Arbitrary<Integer> seeds = Arbitraries.integers().between(0, 1_000_000);
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(NamedPolicy.NEVER)),
                Tuple.of(4, Arbitraries.of(NamedPolicy.INFINITE, NamedPolicy.lru(1), NamedPolicy.lru(4))),
                Tuple.of(5, seeds.map(NamedPolicy::random)),
                Tuple.of(5, seeds.map(NamedPolicy::prefetching)));
    }

    /** More translations than edits, and page edits most of all. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> operand = Arbitraries.integers().between(0, 59);
        Arbitrary<Step> translations =
                Combinators.combine(operand, operand, operand).as(Step.Translate::new);
        Arbitrary<CachingWorld.Edit> edits = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(CachingWorld.Edit.PAGE)),
                Tuple.of(1, Arbitraries.of(CachingWorld.Edit.class)));
        Arbitrary<Step> changes =
                Combinators.combine(edits, operand, operand, operand).as(Step.Change::new);
        return Arbitraries.frequencyOf(Tuple.of(5, translations), Tuple.of(1, changes))
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }
}
