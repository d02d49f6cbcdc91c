package org.nestor.properties.nested;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.nestor.generators.nested.NestedOp;
import org.nestor.generators.nested.NestedOps;
import org.nestor.generators.nested.NestedRun;
import org.nestor.generators.nested.NestedSetup;
import org.nestor.generators.nested.Shrinking;
import org.nestor.generators.nested.Violation;
import org.nestor.iommu.Parts;
import org.nestor.quirk.Quirk;

/** Looks for a departure of the published series with random guests that know nothing of it. */
final class QuirkHunt {
    private static final int LENGTH = 300;

    private final int runs;
    private final long seed;

    QuirkHunt(int runs, long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    /**
     * What was found.
     *
     * @param run how many runs it took, from 1
     * @param setup the host
     * @param steps the shortest sequence
     */
    record Find(int run, NestedSetup setup, Violation violation, List<NestedOp> steps) {}

    Optional<Find> of(Quirk quirk) {
        Parts parts = quirk.applyTo(Parts.REFERENCE);
        Optional<Find> best = Optional.empty();
        OptionalInt first = OptionalInt.empty();
        for (int run = 0; run < runs; run++) {
            NestedSetup setup = NestedSetup.of(run, parts);
            List<NestedOp> ops = NestedOps.sequence(seed << 32 | run, LENGTH);
            Optional<Violation> violation = NestedRun.of(ops, setup);
            if (violation.isPresent()) {
                first = first.isPresent() ? first : OptionalInt.of(run + 1);
                Find find = shrink(first.getAsInt(), ops, setup, violation.get());
                if (best.isEmpty() || find.steps().size() < best.get().steps().size()) {
                    best = Optional.of(find);
                }
                if (best.get().steps().size() <= MOST_STEPS) {
                    return best;
                }
            }
        }
        return best;
    }

    /** A counterexample of at most this many steps is short enough. */
    static final int MOST_STEPS = 10;

    /** What breaks isolation is worse than whatever was broken at first, and tells more of a departure. */
    private static boolean isAsBad(Violation.Property property, Violation.Property first) {
        return property == first || property == Violation.Property.ISOLATION;
    }

    private static Find shrink(int run, List<NestedOp> ops, NestedSetup setup, Violation violation) {
        Predicate<List<NestedOp>> shows = part -> NestedRun.of(part, setup)
                .map(Violation::property)
                .filter(property -> isAsBad(property, violation.property()))
                .isPresent();
        List<NestedOp> shortest = Shrinking.shrink(ops, shows);
        List<NestedOp> steps =
                shortest.size() > MOST_STEPS ? shortest : Shrinking.simplify(shortest, NestedOp::simpler, shows);
        return new Find(run, setup, NestedRun.of(steps, setup).orElseThrow(), steps);
    }
}
