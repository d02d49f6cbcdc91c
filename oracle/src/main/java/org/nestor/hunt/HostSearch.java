package org.nestor.hunt;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.nestor.campaign.Bounds;
import org.nestor.campaign.Encounter;
import org.nestor.generators.nested.NestedOp;
import org.nestor.generators.nested.NestedOps;
import org.nestor.generators.nested.NestedRun;
import org.nestor.generators.nested.NestedSetup;
import org.nestor.generators.nested.Shrinking;
import org.nestor.generators.nested.Violation;
import org.nestor.iommu.Parts;

/** Lets random guests run on hosts whose software may have a fault, up to the first that breaks a property. */
final class HostSearch implements Search {
    private static final int LENGTH = 300;
    private static final int RUNS_BITS = 32;

    private final Parts software;
    private final Bounds bounds;
    private final LongSupplier nanoTime;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    HostSearch(Parts software, Bounds bounds, LongSupplier nanoTime) {
        this.software = software;
        this.bounds = bounds;
        this.nanoTime = nanoTime;
    }

    @Override
    public Encounter seek(long seed) {
        long begin = nanoTime.getAsLong();
        long alarms = 0;
        long run = 0;
        while (bounds.allow(run, nanoTime.getAsLong() - begin)) {
            NestedSetup setup = NestedSetup.of(run, software);
            List<NestedOp> ops = NestedOps.sequence(seed << RUNS_BITS | run, LENGTH);
            Optional<Violation> violation = NestedRun.of(ops, setup);
            run++;
            if (violation.isPresent()) {
                if (conforms(ops, setup)) {
                    long nanos = nanoTime.getAsLong() - begin;
                    return new Encounter(run, nanos, alarms, Optional.of(smallest(ops, setup, violation.get())));
                }
                alarms++;
            }
        }
        return new Encounter(run, nanoTime.getAsLong() - begin, alarms, Optional.empty());
    }

    private static boolean conforms(List<NestedOp> ops, NestedSetup setup) {
        return NestedRun.of(ops, new NestedSetup(setup.ranges(), setup.granule(), Parts.REFERENCE))
                .isEmpty();
    }

    private static Encounter.Case smallest(List<NestedOp> ops, NestedSetup setup, Violation violation) {
        Violation.Property property = violation.property();
        Predicate<List<NestedOp>> shows =
                part -> NestedRun.of(part, setup).map(Violation::property).equals(Optional.of(property))
                        && conforms(part, setup);
        List<NestedOp> shortest = Shrinking.simplify(Shrinking.shrink(ops, shows), NestedOp::simpler, shows);
        String seen = NestedRun.of(shortest, setup).map(Violation::message).orElse(violation.message());
        return new Encounter.Case(
                seen,
                List.of(property.name()),
                property.areas(),
                shortest.size(),
                shortest.stream().map(NestedOp::toString).toList());
    }
}
