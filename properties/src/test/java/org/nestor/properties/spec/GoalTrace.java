package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.spec.Run;

/** What software does in an instance of smmu/invalidation, and what the interval rule allows in each of its states. */
final class GoalTrace {

    /**
     * A state.
     *
     * @param operation what is done in it
     * @param opcode of a published command, else empty
     * @param value written, else empty
     * @param allowed values that may be in use in the combined entry
     */
    record State(String operation, String opcode, String value, Set<String> allowed) {}

    private final TraceReader reader;
    private final List<String> values = new ArrayList<>();

    GoalTrace(Run run) {
        this.reader = new TraceReader(run);
        values.add(one("Memory.current", 0));
    }

    /** The trace of a run that has found one. */
    static Optional<GoalTrace> of(Run run) {
        return run.verdict().found() ? Optional.of(new GoalTrace(run)) : Optional.empty();
    }

    WatchedWord word() {
        String atom = one("Memory.word", 0);
        return Arrays.stream(WatchedWord.values())
                .filter(word -> word.atom().equals(atom))
                .findFirst()
                .orElseThrow();
    }

    boolean global() {
        return !ask("CombinedTlb.global", 0).isEmpty();
    }

    List<State> states() {
        List<State> states = new ArrayList<>();
        for (int state = 0; state < reader.length(); state++) {
            Set<String> allowed = new HashSet<>();
            ask("CombinedTlb.(Rule.ok)", state).forEach(value -> allowed.add(number(value)));
            String value = one("Now.value", state);
            states.add(new State(
                    one("Now.operation", state),
                    one("Now.command.opcode", state),
                    value.isEmpty() ? "" : number(value),
                    allowed));
        }
        return states;
    }

    /** Values are numbered as they occur, the one that is first in memory being the first. */
    private String number(String value) {
        if (!values.contains(value)) {
            values.add(value);
        }
        return WatchedTables.VALUES.get(values.indexOf(value));
    }

    private String one(String expression, int state) {
        return String.join("+", ask(expression, state));
    }

    /** Values keep their numbers; of everything else there is one. */
    private List<String> ask(String expression, int state) {
        return reader.ask(expression, state).stream()
                .map(atom -> atom.startsWith("Value") ? atom : atom.replace("$0", ""))
                .toList();
    }
}
