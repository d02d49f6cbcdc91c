package org.nestor.properties.spec;

import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.A4Tuple;
import edu.mit.csail.sdg.translator.A4TupleSet;
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

    private final CompModule module;
    private final A4Solution solution;
    private final List<String> values = new ArrayList<>();

    GoalTrace(Run run) {
        this.module = run.command().module().parsed();
        this.solution = run.solution();
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
        for (int state = 0; state < solution.getTraceLength(); state++) {
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

    private List<String> ask(String expression, int state) {
        A4TupleSet found =
                (A4TupleSet) solution.eval(CompUtil.parseOneExpression_fromString(module, expression), state);
        List<String> atoms = new ArrayList<>();
        for (A4Tuple tuple : found) {
            String atom = tuple.atom(0);
            String name = atom.substring(atom.lastIndexOf('/') + 1);
            atoms.add(name.startsWith("Value") ? name : name.replace("$0", ""));
        }
        return atoms;
    }
}
