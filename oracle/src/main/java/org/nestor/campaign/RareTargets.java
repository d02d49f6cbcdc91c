package org.nestor.campaign;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.ScenarioVariation;
import org.nestor.generators.search.Weights;

/**
 * Steers toward what has rarely been reached. Every other batch is drawn as ever, so that nothing which such scenarios find is found
 * later than half as soon. In the others, most scenarios are variations of those that have reached something rare, the rarer the
 * oftener; the rest is drawn anew, with more of the motifs that have to do with reaching it.
 */
final class RareTargets implements Guidance {
    private static final double LEAST = 0.5;
    private static final double MOST = 4;
    private static final double VARIED = 0.75;

    @Override
    public Batch batch(long number, Capabilities capabilities, Coverage reached) {
        ScenarioGenerator plain = new ScenarioGenerator(capabilities, Weights.DEFAULT);
        Optional<Examples> examples = reached.examples();
        if (number % 2 == 0 || examples.isEmpty()) {
            return plain::draw;
        }
        ScenarioGenerator guided = new ScenarioGenerator(capabilities, weights(reached));
        return varied(examples.get(), guided, new ScenarioVariation(plain));
    }

    private static Batch varied(Examples examples, ScenarioGenerator fresh, ScenarioVariation variation) {
        return seed -> {
            Random random = new Random(Seeds.of(seed, 0));
            return random.nextDouble() < VARIED
                    ? variation.vary(examples.at(random.nextDouble()), examples.at(random.nextDouble()), seed)
                    : fresh.draw(seed);
        };
    }

    /** The default weights, each multiplied by how much its motif has to do with what is rare. */
    static Weights weights(Coverage reached) {
        Map<Motif, Integer> motifs = new EnumMap<>(Motif.class);
        for (Motif motif : Motif.values()) {
            double lift = Math.min(MOST, Math.max(LEAST, reached.lift(motif)));
            motifs.put(motif, (int) Math.ceil(motif.defaultWeight() * lift));
        }
        return new Weights(motifs, Weights.DEFAULT.specialSetups());
    }
}
