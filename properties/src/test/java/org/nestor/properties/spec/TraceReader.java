package org.nestor.properties.spec;

import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.A4Tuple;
import edu.mit.csail.sdg.translator.A4TupleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nestor.spec.Run;

/** What expressions come to in the states of an instance. */
final class TraceReader {
    private final CompModule module;
    private final A4Solution solution;

    TraceReader(Run run) {
        this.module = run.command().module().parsed();
        this.solution = run.solution();
    }

    int length() {
        return solution.getTraceLength();
    }

    /** The atoms of a set, without the module in their names. */
    List<String> ask(String expression, int state) {
        return rows(expression, state).stream().map(row -> row.get(0)).toList();
    }

    /** The tuples of a relation, likewise. */
    List<List<String>> rows(String expression, int state) {
        A4TupleSet found =
                (A4TupleSet) solution.eval(CompUtil.parseOneExpression_fromString(module, expression), state);
        List<List<String>> rows = new ArrayList<>();
        for (A4Tuple tuple : found) {
            rows.add(IntStream.range(0, tuple.arity())
                    .mapToObj(tuple::atom)
                    .map(atom -> atom.substring(atom.lastIndexOf('/') + 1))
                    .toList());
        }
        return rows;
    }

    /** The atom of a set that has one, or nothing. */
    String one(String expression, int state) {
        return String.join("+", ask(expression, state));
    }
}
