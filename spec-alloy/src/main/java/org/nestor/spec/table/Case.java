package org.nestor.spec.table;

import java.util.List;
import java.util.function.BiConsumer;
import org.nestor.spec.eval.Tuples;

/** One instance of a table: a value for each field. */
public final class Case {
    private final List<Choice> choices;
    private final int[] chosen;

    Case(List<Choice> choices, int[] chosen) {
        this.choices = choices;
        this.chosen = chosen;
    }

    /** Tells each field with the name of its value, empty for none. */
    public void forEach(BiConsumer<Choice, String> reader) {
        for (int i = 0; i < chosen.length; i++) {
            reader.accept(choices.get(i), choices.get(i).values().get(chosen[i]));
        }
    }

    Case with(int choice, int value) {
        int[] changed = chosen.clone();
        changed[choice] = value;
        return new Case(choices, changed);
    }

    Case with(List<Integer> positions, int[] values) {
        int[] changed = chosen.clone();
        for (int i = 0; i < values.length; i++) {
            changed[positions.get(i)] = values[i];
        }
        return new Case(choices, changed);
    }

    /** The value of the choice at that position of the table: its index among the values. */
    public int value(int position) {
        return chosen[position];
    }

    void fill(Tuples[] state) {
        for (int i = 0; i < chosen.length; i++) {
            state[choices.get(i).slot()] = choices.get(i).tuples().get(chosen[i]);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((choice, value) -> {
            if (!value.isEmpty()) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(choice.owner())
                        .append('.')
                        .append(choice.field())
                        .append(" = ")
                        .append(value);
            }
        });
        return text.toString();
    }
}
