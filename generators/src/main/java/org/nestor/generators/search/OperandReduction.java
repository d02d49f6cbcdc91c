package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.List;
import org.nestor.generators.scenario.Operands;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Step;

/** Makes operands of steps plainer: all of them 0, then one by one to 0 or a smaller number. */
final class OperandReduction {
    private OperandReduction() {}

    static void run(Search search) {
        for (int at = search.best().steps().size() - 1; at >= 0 && !search.isOver(); at--) {
            int index = at;
            plainer(
                    search,
                    search.best().steps().get(at),
                    step -> search.best().with(replaced(search.best(), index, step)));
        }
    }

    private static List<Step> replaced(Scenario scenario, int index, Step step) {
        List<Step> steps = new ArrayList<>(scenario.steps());
        steps.set(index, step);
        return steps;
    }

    /** Puts a plainer value into the scenario. */
    interface Placing<T> {
        Scenario with(T value);
    }

    /** Tries plainer forms of one value as long as the scenario still fails. */
    static <T extends Operands<? super T>> void plainer(Search search, T value, Placing<T> placing) {
        int[] operands = value.operands();
        int[] zeros = new int[operands.length];
        if (operands.length > 1 && search.improves(placing.with(with(value, zeros)))) {
            return;
        }
        for (int i = 0; i < operands.length; i++) {
            for (int smaller : smaller(operands[i])) {
                int kept = operands[i];
                operands[i] = smaller;
                if (search.improves(placing.with(with(value, operands)))) {
                    break;
                }
                operands[i] = kept;
            }
        }
    }

    /** The same kind of value: {@link Operands#with} of a step is a step of that kind. */
    @SuppressWarnings("unchecked")
    static <T extends Operands<? super T>> T with(T value, int[] operands) {
        return (T) value.with(operands.clone());
    }

    private static int[] smaller(int operand) {
        if (operand == 0) {
            return new int[0];
        }
        return new int[] {0, 1, 2, operand % 8, operand % 64, operand / 2, operand - 1};
    }
}
