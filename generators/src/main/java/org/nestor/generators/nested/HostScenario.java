package org.nestor.generators.nested;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nestor.iommu.Parts;

/**
 * What random guests do on a host. Any part of the steps is a scenario too.
 *
 * @param <S> a step
 * @param steps what they do
 * @param run plays steps on a host of some software, and tells the first property that is broken
 * @param simpler the same step with smaller operands
 */
public record HostScenario<S>(
        List<S> steps, BiFunction<List<S>, Parts, Optional<Violation>> run, Function<S, List<S>> simpler) {
    private static final int LENGTH = 300;
    private static final int PAIR_LENGTH = 120;
    private static final int NUMBER_BITS = 32;
    private static final int PAIR_EVERY = 4;

    public HostScenario {
        steps = List.copyOf(steps);
    }

    /**
     * One of the scenarios of a seed: every fourth is a guest that is compared with itself on an emulated SMMU, the others are several
     * guests at the nested-stage API.
     */
    public static HostScenario<?> of(long seed, long number) {
        long ownSeed = seed << NUMBER_BITS | number;
        if (number % PAIR_EVERY == PAIR_EVERY - 1) {
            return new HostScenario<>(PairOp.sequence(ownSeed, PAIR_LENGTH), PairRun::of, PairOp::simpler);
        }
        long setup = number - number / PAIR_EVERY;
        return new HostScenario<>(
                NestedOps.sequence(ownSeed, LENGTH),
                (ops, software) -> NestedRun.of(ops, NestedSetup.of(setup, software)),
                NestedOp::simpler);
    }

    /** Plays it on a host of that software. */
    public Optional<Violation> on(Parts software) {
        return run.apply(steps, software);
    }

    /** A shortest part that is still one of those. */
    public HostScenario<S> smallest(Predicate<HostScenario<S>> still) {
        Predicate<List<S>> shows = part -> still.test(with(part));
        return with(Shrinking.simplify(Shrinking.shrink(steps, shows), simpler, shows));
    }

    private HostScenario<S> with(List<S> part) {
        return new HostScenario<>(part, run, simpler);
    }
}
