package org.nestor.campaign;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.ScenarioGenerator.Drawn;

/**
 * What the scenarios of a campaign have reached, and with which motifs. Scenarios are counted in the order of their numbers, so that
 * whatever follows from this is the same with any number of jobs. Not for several threads at once.
 */
final class Coverage {
    /** A target is rare if less than one scenario in so many reaches it. */
    private static final int RARE = 100;

    /** How many scenarios of no effect each estimate has beside those that were seen: a single one proves little. */
    private static final double DOUBT = 2;

    private final Map<Target, Reached> targets = new LinkedHashMap<>();
    private final Map<Motif, Long> motifs = new EnumMap<>(Motif.class);
    private long scenarios;

    /** A target, and the scenarios that have reached it. */
    private static final class Reached {
        private final Map<Motif, Long> motifs = new EnumMap<>(Motif.class);
        private Drawn shortest;
        private long scenarios;

        Reached(Drawn first) {
            this.shortest = first;
        }

        void add(Drawn drawn) {
            scenarios++;
            drawn.motifs().forEach(motif -> motifs.merge(motif, 1L, Long::sum));
            if (length(drawn) < length(shortest)) {
                shortest = drawn;
            }
        }

        private static int length(Drawn drawn) {
            return drawn.scenario().steps().size();
        }
    }

    /** Another scenario is over: what it was, and what it reached. */
    void count(Drawn drawn, Set<Target> reached) {
        scenarios++;
        drawn.motifs().forEach(motif -> motifs.merge(motif, 1L, Long::sum));
        reached.forEach(target ->
                targets.computeIfAbsent(target, each -> new Reached(drawn)).add(drawn));
    }

    /** How many targets were reached so far. */
    int reached() {
        return targets.size();
    }

    /** For each target the shortest scenario that has reached it; empty if nothing was reached. */
    Optional<Examples> examples() {
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        List<Drawn> shortest = new ArrayList<>();
        targets.values().forEach(target -> shortest.add(target.shortest));
        double[] rarities = targets.values().stream()
                .mapToDouble(target -> 1.0 / target.scenarios)
                .toArray();
        return Optional.of(new Examples(shortest, rarities));
    }

    /**
     * How much oftener than others a scenario with this motif reaches what is rarely reached: the mean over all rare targets; 1 where
     * nothing is known.
     */
    double lift(Motif motif) {
        long with = motifs.getOrDefault(motif, 0L);
        if (with == 0) {
            return 1;
        }
        double usual = (double) with / scenarios;
        double sum = 0;
        int rare = 0;
        for (Reached target : targets.values()) {
            if (target.scenarios * RARE < scenarios) {
                long among = target.motifs.getOrDefault(motif, 0L);
                sum += (among + DOUBT * usual) / (target.scenarios + DOUBT) / usual;
                rare++;
            }
        }
        return rare == 0 ? 1 : sum / rare;
    }
}
