package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nestor.generators.scenario.Operands;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Setup;
import org.nestor.generators.scenario.Step;
import org.nestor.generators.search.ScenarioGenerator.Drawn;

/**
 * Makes scenarios out of others: some steps go, come, change or are repeated. What is far from where set-ups begin is near to a
 * scenario that has come there.
 */
public final class ScenarioVariation {
    private static final int MOST_CHANGES = 4;
    private static final int MOST_STEPS = 90;
    private static final int SLICE = 8;
    private static final int CHANGED_SETUPS = 25;

    private final ScenarioGenerator generator;

    /** @param generator composes what is new */
    public ScenarioVariation(ScenarioGenerator generator) {
        this.generator = generator;
    }

    /**
     * A scenario near to another; the same one for the same arguments.
     *
     * @param parent what is varied
     * @param other what may lend it some steps
     */
    public Drawn vary(Drawn parent, Drawn other, long seed) {
        Dice dice = new Dice(seed);
        List<Step> steps = new ArrayList<>(parent.scenario().steps());
        Set<Motif> motifs = EnumSet.noneOf(Motif.class);
        motifs.addAll(parent.motifs());
        for (int i = 1 + dice.below(MOST_CHANGES); i > 0; i--) {
            switch (dice.below(6)) {
                case 0 -> remove(steps, dice);
                case 1 -> insert(steps, slice(steps, dice), dice);
                case 2 -> {
                    insert(steps, slice(other.scenario().steps(), dice), dice);
                    motifs.addAll(other.motifs());
                }
                case 3 -> insert(steps, generator.motif(dice, motifs), dice);
                default -> change(steps, dice);
            }
        }
        Setup setup = parent.scenario().setup();
        Scenario varied = new Scenario(dice.chance(CHANGED_SETUPS) ? vary(setup, dice) : setup, cut(steps, dice));
        return new Drawn(varied, motifs);
    }

    private static void remove(List<Step> steps, Dice dice) {
        if (!steps.isEmpty()) {
            int at = dice.below(steps.size());
            steps.subList(at, Math.min(steps.size(), at + 1 + dice.below(SLICE)))
                    .clear();
        }
    }

    private static List<Step> slice(List<Step> steps, Dice dice) {
        if (steps.isEmpty()) {
            return List.of();
        }
        int at = dice.below(steps.size());
        return List.copyOf(steps.subList(at, Math.min(steps.size(), at + 1 + dice.below(SLICE))));
    }

    private static void insert(List<Step> steps, List<Step> more, Dice dice) {
        steps.addAll(dice.below(steps.size() + 1), more);
    }

    private static void change(List<Step> steps, Dice dice) {
        if (!steps.isEmpty()) {
            int at = dice.below(steps.size());
            steps.set(at, changed(steps.get(at), dice));
        }
    }

    /** Long scenarios lose steps, so that variations of variations do not grow. */
    private static List<Step> cut(List<Step> steps, Dice dice) {
        while (steps.size() > MOST_STEPS) {
            remove(steps, dice);
        }
        return steps;
    }

    private static Setup vary(Setup setup, Dice dice) {
        return switch (dice.below(4)) {
            case 0 -> new Setup(changed(setup.machine(), dice), setup.stage1(), setup.stage2(), setup.streams());
            case 1 -> new Setup(setup.machine(), oneChanged(setup.stage1(), dice), setup.stage2(), setup.streams());
            case 2 -> new Setup(setup.machine(), setup.stage1(), oneChanged(setup.stage2(), dice), setup.streams());
            default -> new Setup(setup.machine(), setup.stage1(), setup.stage2(), oneChanged(setup.streams(), dice));
        };
    }

    private static <T extends Operands<? super T>> List<T> oneChanged(List<T> plans, Dice dice) {
        List<T> changed = new ArrayList<>(plans);
        if (!changed.isEmpty()) {
            int at = dice.below(changed.size());
            changed.set(at, changed(changed.get(at), dice));
        }
        return changed;
    }

    private static <T extends Operands<? super T>> T changed(T value, Dice dice) {
        int[] operands = value.operands();
        if (operands.length > 0) {
            int at = dice.below(operands.length);
            operands[at] = dice.of(0, 1, dice.below(4), dice.below(12), dice.below(64), dice.any(), operands[at] + 1);
        }
        return OperandReduction.with(value, operands);
    }
}
