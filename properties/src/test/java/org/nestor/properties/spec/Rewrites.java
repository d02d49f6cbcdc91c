package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.eval.Vocabulary;

/** States of smmu/steupdate. */
final class Rewrites {
    static final List<String> PHASES = List.of("First", "Second", "Third");
    static final List<String> WORDS = List.of("Q0", "Q1", "Q2", "Q3");

    private final Population population;

    /** A rewrite of one entry into another. */
    record Rewrite(EntryBits kind, Set<String> old, Set<String> target) {}

    Rewrites(AlloyModule module) {
        this.population = new Population(Vocabulary.of(module), Map.of(), Map.of("Bit.word", EntryBits.words()));
    }

    Population population() {
        return population;
    }

    /** The bits that an expression of the module comes to. */
    Function<Valuation, Set<String>> bits(String expression) {
        Function<Valuation, Tuples> compiled = population.expression(expression);
        return state -> population.names(compiled.apply(state));
    }

    Valuation state(Rewrite rewrite, String phase, Set<String> stored) {
        return population
                .empty()
                .with(
                        population.slot("Rewrite.kind"),
                        population.set(Set.of(rewrite.kind().kind())))
                .with(population.slot("Rewrite.old"), population.set(rewrite.old()))
                .with(population.slot("Rewrite.target"), population.set(rewrite.target()))
                .with(population.slot("Rewrite.phase"), population.set(Set.of(phase)))
                .with(population.slot("Rewrite.stored"), population.set(stored));
    }

    Valuation state(Rewrite rewrite) {
        return state(rewrite, PHASES.get(0), Set.of());
    }

    /** What a fetch saw during a rewrite. */
    Valuation seen(Rewrite rewrite, Set<String> seen) {
        return state(rewrite).with(population.slot("Fetch.seen"), population.set(seen));
    }

    /** Every set of bits of a kind. */
    static List<Set<String>> entries(EntryBits kind) {
        List<Set<String>> entries = new ArrayList<>();
        for (int subset = 0; subset < 1 << kind.names().size(); subset++) {
            entries.add(subset(kind.names(), subset));
        }
        return entries;
    }

    /** Every set of words. */
    static List<Set<String>> wordSets() {
        List<Set<String>> sets = new ArrayList<>();
        for (int subset = 0; subset < 1 << WORDS.size(); subset++) {
            sets.add(subset(WORDS, subset));
        }
        return sets;
    }

    private static Set<String> subset(List<String> names, int subset) {
        Set<String> chosen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if ((subset >>> i & 1) != 0) {
                chosen.add(names.get(i));
            }
        }
        return chosen;
    }

    /** The entries that the module calls legal. */
    List<Set<String>> legal(EntryBits kind) {
        Predicate<Valuation> legal = population.predicate("legal[Rewrite.old]");
        return entries(kind).stream()
                .filter(entry -> legal.test(state(new Rewrite(kind, entry, Set.of()))))
                .toList();
    }

    /** Some rewrites between legal entries; half of them change a bit or two, since two entries at random hardly ever change hitless. */
    List<Rewrite> some(EntryBits kind, int count, long seed) {
        Random random = new Random(seed);
        List<Set<String>> legal = legal(kind);
        Set<Set<String>> all = new HashSet<>(legal);
        List<Rewrite> rewrites = new ArrayList<>();
        while (rewrites.size() < count) {
            Set<String> old = legal.get(random.nextInt(legal.size()));
            Set<String> target =
                    random.nextBoolean() ? legal.get(random.nextInt(legal.size())) : near(kind, old, random);
            if (all.contains(target)) {
                rewrites.add(new Rewrite(kind, old, target));
            }
        }
        return rewrites;
    }

    private static Set<String> near(EntryBits kind, Set<String> old, Random random) {
        Set<String> target = new HashSet<>(old);
        for (int change = 0; change <= random.nextInt(3); change++) {
            String bit = kind.names().get(random.nextInt(kind.names().size()));
            if (!target.remove(bit)) {
                target.add(bit);
            }
        }
        return target;
    }
}
