package org.nestor.generators.search;

import java.util.List;
import org.nestor.generators.scenario.Operands;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Setup;

/**
 * How large a scenario is: fewer steps are smaller, then fewer parts of the set-up, then fewer operands that are not 0, then smaller
 * operands. The order is well-founded.
 *
 * @param steps number of steps
 * @param parts number of tables and streams in the set-up
 * @param choices operands that are not plain, of steps and set-up
 * @param operands sum of all operands
 */
public record Size(int steps, int parts, int choices, long operands) implements Comparable<Size> {

    public static Size of(Scenario scenario) {
        Setup setup = scenario.setup();
        Size steps = sum(scenario.steps());
        Size machine = sum(List.of(setup.machine()));
        Size stage1 = sum(setup.stage1());
        Size stage2 = sum(setup.stage2());
        Size streams = sum(setup.streams());
        return new Size(
                scenario.steps().size(),
                setup.stage1().size() + setup.stage2().size() + setup.streams().size(),
                steps.choices + machine.choices + stage1.choices + stage2.choices + streams.choices,
                steps.operands + machine.operands + stage1.operands + stage2.operands + streams.operands);
    }

    private static Size sum(List<? extends Operands<?>> values) {
        int choices = 0;
        long sum = 0;
        for (Operands<?> value : values) {
            for (int operand : value.operands()) {
                choices += operand == 0 ? 0 : 1;
                sum += operand;
            }
        }
        return new Size(0, 0, choices, sum);
    }

    @Override
    public int compareTo(Size other) {
        int order = Integer.compare(steps, other.steps);
        order = order == 0 ? Integer.compare(parts, other.parts) : order;
        order = order == 0 ? Integer.compare(choices, other.choices) : order;
        return order == 0 ? Long.compare(operands, other.operands) : order;
    }
}
