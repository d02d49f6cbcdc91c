package org.nestor.hunt;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.nestor.campaign.Bounds;
import org.nestor.campaign.Encounter;
import org.nestor.generators.nested.HostScenario;
import org.nestor.generators.nested.Violation;
import org.nestor.iommu.Parts;

/** Lets random guests run on hosts whose software may have a fault, up to the first that breaks a property. */
final class HostSearch implements Search {
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
            HostScenario<?> scenario = HostScenario.of(seed, run);
            Optional<Violation> violation = scenario.on(software);
            run++;
            if (violation.isPresent()) {
                if (scenario.on(Parts.REFERENCE).isEmpty()) {
                    long nanos = nanoTime.getAsLong() - begin;
                    return new Encounter(run, nanos, alarms, Optional.of(smallest(scenario, violation.get())));
                }
                alarms++;
            }
        }
        return new Encounter(run, nanoTime.getAsLong() - begin, alarms, Optional.empty());
    }

    private <S> Encounter.Case smallest(HostScenario<S> scenario, Violation violation) {
        Violation.Property property = violation.property();
        HostScenario<S> shortest = scenario.smallest(
                part -> part.on(software).map(Violation::property).equals(Optional.of(property))
                        && part.on(Parts.REFERENCE).isEmpty());
        return new Encounter.Case(
                shortest.on(software).map(Violation::message).orElse(violation.message()),
                List.of(property.name()),
                property.areas(),
                shortest.steps().size(),
                shortest.steps().stream().map(Object::toString).toList());
    }
}
