package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nestor.bugs.SeededBug;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Line;
import org.nestor.smmu.register.Profile;

/** What comes of scenarios under every policy of the reference's caches. */
final class Policies {

    private Policies() {}

    private static Stream<ReferenceConfiguration> configurations(int seeds) {
        return Arrays.stream(Caching.values())
                .flatMap(caching -> IntStream.range(0, depends(caching) ? seeds : 1)
                        .mapToObj(seed -> new ReferenceConfiguration(Profile.FULL, caching, seed)));
    }

    private static boolean depends(Caching caching) {
        return caching == Caching.RANDOM || caching == Caching.PREFETCH;
    }

    /** Under every policy, with some seeds of those that decide at random, each reply is as the scenario expects, and the judge agrees. */
    static void assertAllowed(String name, List<Line> scenario, int seeds) {
        configurations(seeds).forEach(configuration -> {
            Performance performance = Performance.of(scenario, configuration);
            String what = name + " with " + configuration;
            assertEquals(List.of(), performance.unexpected(), what);
            assertEquals(List.of(), performance.diverging(), what);
            assertEquals(0, performance.open(), () -> what + ": replies that the judge leaves open");
        });
    }

    /** Whether the last DMA ends in different ways under different policies. */
    static boolean severalEnds(List<Line> scenario, int seeds) {
        return configurations(seeds)
                        .map(configuration ->
                                Performance.of(scenario, configuration).last())
                        .distinct()
                        .limit(2)
                        .count()
                == 2;
    }

    /** A seeded bug shows in what some scenario expects, and in what the judge says of some. */
    static void assertFound(SeededBug bug, Collection<List<Line>> scenarios) {
        ReferenceConfiguration wrong = new ReferenceConfiguration(Profile.FULL, Caching.INFINITE, 0).with(bug);
        assertFalse(scenarios.stream()
                .allMatch(
                        scenario -> Performance.of(scenario, wrong).unexpected().isEmpty()));
        assertFalse(scenarios.stream()
                .allMatch(
                        scenario -> Performance.of(scenario, wrong).diverging().isEmpty()));
    }
}
