package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.mit.csail.sdg.ast.Assert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.nestor.iommu.smmuv3.EntryUpdate;
import org.nestor.iommu.smmuv3.UsedBits;
import org.nestor.properties.spec.Rewrites.Rewrite;
import org.nestor.smmu.format.Line;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.KodkodEvaluation;
import org.nestor.spec.eval.Valuation;

/** The Java's rewrites of STEs and CDs, image by image, against smmu/steupdate. */
@PairedWith(value = "smmu/steupdate", eachStep = true)
@TestInstance(Lifecycle.PER_CLASS)
class SteUpdatePairingTests {
    private static final int PAIRS = 4_000;
    private static final int LOOKED_INTO = 150;

    private final Rewrites rewrites = new Rewrites(AlloyModule.load("smmu/steupdate"));
    private final List<Rewrite> some = new ArrayList<>();
    private final List<Valuation> mixtures = new ArrayList<>();

    /** Says which images a rewrite goes through. */
    private interface Writer extends Function<Rewrite, List<Line>> {}

    @BeforeAll
    void choose() {
        List<Set<String>> cds = rewrites.legal(EntryBits.CD);
        some.addAll(rewrites.some(EntryBits.STE, PAIRS, 3));
        cds.forEach(old -> cds.forEach(target -> some.add(new Rewrite(EntryBits.CD, old, target))));
        for (int i = 0; i < LOOKED_INTO; i++) {
            Rewrite rewrite = some.get(i * (some.size() / LOOKED_INTO));
            Rewrites.PHASES.forEach(phase ->
                    Rewrites.wordSets().forEach(stored -> mixtures.add(rewrites.state(rewrite, phase, stored))));
        }
    }

    private static List<Line> images(Rewrite rewrite) {
        Line old = rewrite.kind().line(rewrite.old());
        Line target = rewrite.kind().line(rewrite.target());
        return rewrite.kind() == EntryBits.STE ? EntryUpdate.ofSte(old, target) : EntryUpdate.ofCd(old, target);
    }

    /** Of every entry, legal or not. */
    @Test
    void usedBitsAreTheSame() {
        Function<Valuation, Set<String>> used = rewrites.bits("used[Rewrite.old]");
        for (EntryBits kind : EntryBits.values()) {
            for (Set<String> entry : Rewrites.entries(kind)) {
                Line line = kind.line(entry);
                Line mask = kind == EntryBits.STE ? UsedBits.ofSte(line) : UsedBits.ofCd(line);
                assertEquals(
                        used.apply(rewrites.state(new Rewrite(kind, entry, Set.of()))),
                        kind.covered(mask),
                        line::toString);
            }
        }
    }

    @Test
    void safeBitsAreTheSame() {
        Function<Valuation, Set<String>> safe = rewrites.bits("safe");
        for (Rewrite rewrite : some) {
            if (rewrite.kind() == EntryBits.STE) {
                Line mask = UsedBits.safeSte(EntryBits.STE.line(rewrite.old()), EntryBits.STE.line(rewrite.target()));
                assertEquals(safe.apply(rewrites.state(rewrite)), EntryBits.STE.covered(mask), rewrite::toString);
            }
        }
    }

    @Test
    void imagesAreTheSame() {
        assertEquals(Optional.empty(), firstDifferent(rewrites, SteUpdatePairingTests::images));
    }

    private Optional<String> firstDifferent(Rewrites module, Writer writer) {
        Function<Valuation, Set<String>> following = module.bits("following");
        for (Rewrite rewrite : some) {
            List<Set<String>> expected = new ArrayList<>();
            Set<String> last = rewrite.old();
            for (String phase : Rewrites.PHASES) {
                Set<String> next = following.apply(module.state(rewrite, phase, Set.of()));
                if (!next.equals(last)) {
                    expected.add(next);
                }
                last = next;
            }
            List<Set<String>> images =
                    writer.apply(rewrite).stream().map(rewrite.kind()::bits).toList();
            if (!images.equals(expected)) {
                return Optional.of(rewrite + ": the spec says " + expected + ", the Java " + images);
            }
        }
        return Optional.empty();
    }

    /** What hardware can see, by the words that it has read before and after each store. */
    @Test
    void mixturesAreTheSame() {
        Function<Valuation, Set<String>> preceding = rewrites.bits("preceding");
        Function<Valuation, Set<String>> following = rewrites.bits("following");
        Function<Valuation, Set<String>> visible = rewrites.bits("visible");
        for (Rewrite rewrite : some.subList(0, LOOKED_INTO)) {
            for (String phase : Rewrites.PHASES) {
                Line before = rewrite.kind().line(preceding.apply(rewrites.state(rewrite, phase, Set.of())));
                Line after = rewrite.kind().line(following.apply(rewrites.state(rewrite, phase, Set.of())));
                for (Set<String> stored : Rewrites.wordSets()) {
                    Line seen = Line.of(word -> (stored.contains("Q" + word) ? after : before).doubleword(word));
                    assertEquals(
                            visible.apply(rewrites.state(rewrite, phase, stored)),
                            rewrite.kind().bits(seen));
                }
            }
        }
    }

    /** Each assert of the module, under its name, on every mixture of words in every phase of some rewrites. */
    @TestFactory
    Stream<DynamicTest> rewritesKeep() {
        return asserts().stream()
                .map(each -> DynamicTest.dynamicTest(name(each), () -> {
                    Predicate<Valuation> claim = rewrites.population().predicate(each.expr);
                    mixtures.forEach(state -> assertTrue(
                            claim.test(state), () -> rewrites.population().describe(state)));
                }));
    }

    private List<Assert> asserts() {
        return List.copyOf(rewrites.population().vocabulary().module().parsed().getAllAssertions());
    }

    private static String name(Assert each) {
        return each.label.substring(each.label.lastIndexOf('/') + 1);
    }

    @Test
    void bothWaysAreLookedAt() {
        Predicate<Valuation> hitless = rewrites.population().predicate("hitless and some critical");
        Predicate<Valuation> breaking = rewrites.population().predicate("not hitless");
        assertTrue(mixtures.stream().filter(hitless).count() > 1_000);
        assertTrue(mixtures.stream().filter(breaking).count() > 1_000);
    }

    @Test
    void writerThatStoresEverythingAtOnceIsFound() {
        Writer hasty = rewrite -> rewrite.old().equals(rewrite.target())
                ? List.of()
                : List.of(rewrite.kind().line(rewrite.target()));
        assertTrue(firstDifferent(rewrites, hasty).isPresent());
    }

    @Test
    void bitThatTheSpecForgetsIsFound() {
        String text = AlloyModule.text("smmu/steupdate");
        String condition = "((Translate + Stage1On + S1dss in e) => Shcfg else none)";
        assertTrue(text.contains(condition));
        Rewrites forgetful = new Rewrites(AlloyModule.parse("smmu/steupdate", text.replace(condition, "none")));
        assertTrue(firstDifferent(forgetful, SteUpdatePairingTests::images).isPresent());
    }

    @Test
    void compiledPredicatesAgreeWithKodkod() {
        KodkodEvaluation kodkod = new KodkodEvaluation(rewrites.population());
        for (String name :
                List.of("hitless", "rewrites", "means[visible, Rewrite.old]", "means[visible, Rewrite.target]")) {
            Predicate<Valuation> compiled = rewrites.population().predicate(name);
            BinaryOperator<Integer> sum = Integer::sum;
            int holding = Stream.iterate(0, i -> i < mixtures.size(), i -> i + 97)
                    .map(mixtures::get)
                    .map(state -> {
                        assertEquals(kodkod.holds(name, state), compiled.test(state), name);
                        return compiled.test(state) ? 1 : 0;
                    })
                    .reduce(0, sum);
            assertFalse(holding == 0, name);
        }
    }

    /** In states for which nothing has been worked out. */
    private void holdAfresh(List<Predicate<Valuation>> claims) {
        for (Valuation mixture : mixtures) {
            Valuation state = mixture.with(0, mixture.get(0));
            claims.forEach(claim -> assertTrue(claim.test(state)));
        }
    }

    @Test
    void manyStatesASecondAreEvaluated(TestReporter reporter) {
        List<Predicate<Valuation>> claims = asserts().stream()
                .map(each -> rewrites.population().predicate(each.expr))
                .toList();
        holdAfresh(claims);
        long begin = System.nanoTime();
        holdAfresh(claims);
        long rate = Math.round(mixtures.size() / ((System.nanoTime() - begin) / 1e9));
        reporter.publishEntry("states a second", Long.toString(rate));
        System.out.printf("smmu/steupdate: %d states a second%n", rate);
        assertTrue(rate > Rate.SLOWEST, () -> rate + " states a second");
    }
}
