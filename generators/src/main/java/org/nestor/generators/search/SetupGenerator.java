package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.List;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Setup;
import org.nestor.generators.scenario.Setup.MachinePlan;
import org.nestor.generators.scenario.Setup.Stage1Plan;
import org.nestor.generators.scenario.Setup.Stage2Plan;
import org.nestor.generators.scenario.Setup.StreamPlan;

/** Draws set-ups: few streams over few tables, plain in most respects and special in some. */
final class SetupGenerator {
    private static final int MOST_STREAMS = 4;
    private static final int EL2 = 1 << 16;

    private final Capabilities capabilities;
    private final int special;

    /** @param special how often, in percent, each feature is not the plain one */
    SetupGenerator(Capabilities capabilities, int special) {
        this.capabilities = capabilities;
        this.special = special;
    }

    Setup draw(Dice dice) {
        boolean nested = capabilities.ids().s1p() && capabilities.ids().s2p() && dice.chance(55);
        List<Stage2Plan> stage2 = new ArrayList<>();
        for (int i = nested ? 1 : dice.below(2); i > 0; i--) {
            stage2.add(stage2(dice));
        }
        if (!stage2.isEmpty() && dice.chance(30)) {
            stage2.add(stage2(dice));
        }
        List<Stage1Plan> stage1 = new ArrayList<>();
        stage1.add(stage1(dice, nested ? 1 : 0));
        if (dice.chance(45)) {
            stage1.add(stage1(dice, nested && dice.chance(60) ? 1 + dice.below(2) : 0));
        }
        List<StreamPlan> streams = new ArrayList<>();
        int count = 1 + dice.below(MOST_STREAMS);
        for (int i = 0; i < count; i++) {
            streams.add(stream(dice, i == 0 && nested ? StreamPlan.NESTED : kind(dice, nested)));
        }
        return new Setup(machine(dice), stage1, stage2, streams);
    }

    private MachinePlan machine(Dice dice) {
        return new MachinePlan(
                smallQueue(dice),
                smallQueue(dice),
                smallQueue(dice),
                dice.chance(2 * special) ? dice.below(20) : 0,
                dice.rarely(special),
                dice.any() % 64,
                dice.chance(special) ? dice.below(64) : 0b110,
                dice.chance(special) ? 1 + dice.below(24) : 0,
                dice.rarely(special / 2),
                dice.rarely(special));
    }

    /** Small queues are as likely as others. */
    private int smallQueue(Dice dice) {
        return special > 0 && dice.chance(50) ? 1 + dice.below(4) : 0;
    }

    private Stage1Plan stage1(Dice dice, int guest) {
        return new Stage1Plan(
                dice.chance(special) ? dice.below(3) : 0,
                dice.chance(2 * special) ? dice.below(200) : 0,
                dice.chance(special) ? 1 + dice.below(24) : 0,
                dice.chance(special / 2) ? 1 : 0,
                dice.below(5),
                dice.rarely(special),
                guest,
                dice.chance(special) ? 1 + dice.below(40) : 0);
    }

    private Stage2Plan stage2(Dice dice) {
        return new Stage2Plan(
                dice.chance(special) ? dice.below(3) : 0,
                dice.chance(2 * special) ? dice.below(60) : 0,
                dice.chance(special / 2) ? 1 : 0,
                dice.below(5),
                dice.rarely(special / 2));
    }

    private static int kind(Dice dice, boolean nested) {
        int stage = nested
                ? dice.of(StreamPlan.NESTED, StreamPlan.NESTED, StreamPlan.STAGE_2, StreamPlan.STAGE_1)
                : dice.of(StreamPlan.STAGE_1, StreamPlan.STAGE_1, StreamPlan.STAGE_2);
        return dice.chance(88) ? stage : dice.of(StreamPlan.BYPASS, StreamPlan.ABORT);
    }

    private StreamPlan stream(Dice dice, int kind) {
        int attributes = dice.rarely(special) % EL2 + (dice.chance(12) ? EL2 : 0);
        return new StreamPlan(dice.below(1 << 10), kind, dice.below(2), attributes);
    }
}
