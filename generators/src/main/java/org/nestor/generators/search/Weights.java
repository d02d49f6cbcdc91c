package org.nestor.generators.search;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often each motif is chosen, and how often set-ups have something special. A value: guiding a campaign means to generate with
 * other weights.
 *
 * @param motifs the weight of each motif, 0 to leave it out; a motif that is missing has weight 0
 * @param specialSetups how often, in percent, each feature of a set-up is not the plain one
 */
public record Weights(Map<Motif, Integer> motifs, int specialSetups) {
    /** The weights to begin with. */
    public static final Weights DEFAULT = defaults();

    private static final int DEFAULT_SPECIAL = 30;
    private static final int PERCENT = 100;

    /** @throws IllegalArgumentException if a weight is negative, all are 0, or the percentage is none */
    public Weights {
        motifs = Map.copyOf(motifs);
        if (motifs.values().stream().anyMatch(weight -> weight < 0)
                || motifs.values().stream().mapToInt(Integer::intValue).sum() <= 0) {
            throw new IllegalArgumentException("weights " + motifs + ": expected none below 0, and one above it");
        }
        if (specialSetups < 0 || specialSetups > PERCENT) {
            throw new IllegalArgumentException(specialSetups + " percent: expected 0 to 100");
        }
    }

    private static Weights defaults() {
        Map<Motif, Integer> motifs = new EnumMap<>(Motif.class);
        for (Motif motif : Motif.values()) {
            motifs.put(motif, motif.defaultWeight());
        }
        return new Weights(motifs, DEFAULT_SPECIAL);
    }

    /** The same weights but for one. */
    public Weights with(Motif motif, int weight) {
        Map<Motif, Integer> changed = new EnumMap<>(Motif.class);
        changed.putAll(motifs);
        changed.put(motif, weight);
        return new Weights(changed, specialSetups);
    }

    /** The same weights with set-ups that are special more or less often. */
    public Weights withSpecialSetups(int percent) {
        return new Weights(motifs, percent);
    }

    /** The weight of a motif. */
    public int of(Motif motif) {
        return motifs.getOrDefault(motif, 0);
    }
}
