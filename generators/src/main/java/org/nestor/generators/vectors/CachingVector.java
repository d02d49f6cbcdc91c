package org.nestor.generators.vectors;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nestor.rule.RuleId;

/**
 * A short sequence of table changes, commands and DMAs, and everything that the DMA at its end may show.
 *
 * <p>A sequence contains optional steps, mostly DMAs that fill caches: with or without them the same outcomes are legal, since an
 * SMMU may walk of its own accord. A play is told which of them to carry out.
 *
 * @param id V1 to V36
 * @param description one sentence
 * @param rules what the legal outcomes rest on
 * @param legal the outcomes that an SMMU may show
 * @param unpredictable whether the outcomes are legal because software broke a rule
 * @param script the sequence
 */
public record CachingVector(
        String id, String description, List<RuleId> rules, Set<Outcome> legal, boolean unpredictable, Script script) {

    /** Set-up, sequence and final DMA. */
    @FunctionalInterface
    public interface Script {
        Outcome play(Bench bench);
    }

    /**
     * What came of a play.
     *
     * @param options how many optional steps the sequence has
     */
    public record Played(Outcome outcome, int options) {}

    /** A vector that rests on these rules; {@link #allows} and {@link #plays} complete it. */
    static CachingVector of(String id, String description, String... rules) {
        List<RuleId> ids = Arrays.stream(rules).map(RuleId::of).toList();
        return new CachingVector(id, description, ids, Set.of(), false, bench -> {
            throw new IllegalStateException(id + " has no sequence");
        });
    }

    CachingVector allows(Outcome... outcomes) {
        Set<Outcome> all = new LinkedHashSet<>(List.of(outcomes));
        return new CachingVector(id, description, rules, all, unpredictable, script);
    }

    CachingVector becauseSoftwareErred() {
        return new CachingVector(id, description, rules, legal, true, script);
    }

    CachingVector plays(Script sequence) {
        return new CachingVector(id, description, rules, legal, unpredictable, sequence);
    }

    /**
     * Plays the vector on a machine that comes out of reset, with memory zero.
     *
     * @param steps which optional steps are carried out: bit 0 is the first
     */
    public Played play(Machine machine, int steps) {
        Bench bench = new Bench(machine, steps);
        Outcome outcome = script.play(bench);
        return new Played(outcome, bench.optionsMet());
    }

    @Override
    public String toString() {
        return id + " (" + description + ")";
    }
}
