package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Step;

/**
 * Draws whole scenarios: a set-up and 5 to about 60 steps, composed of motifs that keep to a few streams, pages and tags.
 *
 * <p>Not reached: interleaving within one operation, since every action is complete before the next begins; AArch32 tables, MPAM,
 * Secure state, ECMDQ and ATOS, which the reference does not model; tables that devices write by DMA, since the pages of DMA are
 * apart from all structures; linear stream tables of more than 2^9 entries and addresses above 2^48 but for holes, which take more
 * memory than test machines have; more than one CD table for a stage 1 plan; and queues of more than 64 entries.
 */
public final class ScenarioGenerator {
    private static final int FEWEST = 5;
    private static final int MOST = 60;
    private static final int ILLEGAL = 25;

    private final Capabilities capabilities;
    private final Weights weights;
    private final List<Motif> lots;

    /** Draws for an implementation, with weights. */
    public ScenarioGenerator(Capabilities capabilities, Weights weights) {
        this.capabilities = capabilities;
        this.weights = weights;
        this.lots = lots(weights);
    }

    /** Each motif as many times as it weighs. */
    private static List<Motif> lots(Weights weights) {
        List<Motif> lots = new ArrayList<>();
        for (Motif motif : Motif.values()) {
            lots.addAll(Collections.nCopies(weights.of(motif), motif));
        }
        return List.copyOf(lots);
    }

    /** Under other ID registers other entries are illegal, so these are written more often; not where they are left out altogether. */
    private Motif illegal(Dice dice, Motif motif) {
        Motif other = dice.chance(60) ? Motif.STE_BREAK : Motif.CD_BREAK;
        return weights.of(other) > 0 ? other : motif;
    }

    /**
     * A scenario, and what it was composed of.
     *
     * @param motifs each that was chosen at least once
     */
    public record Drawn(Scenario scenario, Set<Motif> motifs) {
        public Drawn {
            motifs = Set.copyOf(motifs);
        }
    }

    /** The scenario of a seed; the same one each time, on any machine. */
    public Scenario generate(long seed) {
        return draw(seed).scenario();
    }

    /** The steps of one motif, which is added to those given. */
    List<Step> motif(Dice dice, Set<Motif> motifs) {
        List<Step> steps = new ArrayList<>();
        Motif motif = lots.get(dice.below(lots.size()));
        new MotifWriter(dice, steps).write(motif);
        motifs.add(motif);
        return steps;
    }

    /** The scenario of a seed, as {@link #generate}, with its motifs. */
    public Drawn draw(long seed) {
        Dice dice = new Dice(seed);
        List<Step> steps = new ArrayList<>();
        SetupGenerator setups = new SetupGenerator(capabilities, weights.specialSetups());
        Scenario scenario = new Scenario(setups.draw(dice), List.of());
        int length = FEWEST + Math.min(dice.below(MOST - FEWEST + 1), dice.below(MOST - FEWEST + 1));
        MotifWriter writer = new MotifWriter(dice, steps);
        Set<Motif> motifs = EnumSet.noneOf(Motif.class);
        boolean otherwiseIllegal = scenario.setup().machine().identity() != 0;
        while (steps.size() < length) {
            Motif motif = lots.get(dice.below(lots.size()));
            Motif chosen = otherwiseIllegal && dice.chance(ILLEGAL) ? illegal(dice, motif) : motif;
            writer.write(chosen);
            motifs.add(chosen);
        }
        return new Drawn(scenario.with(steps), motifs);
    }
}
