package org.nestor.spec.export;

import edu.mit.csail.sdg.ast.Sig;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.A4Tuple;
import edu.mit.csail.sdg.translator.A4TupleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.nestor.spec.Run;

/** An instance as a page: what stays first, then a row for each thing that may change and a column for each state. */
final class HtmlTrace {
    private static final String STYLE = """
            body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; color: #222 }
            table { border-collapse: collapse; margin: 1em 0 }
            th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top }
            th { background: #f3f3f3; font-weight: 600 }
            td.changed { background: #fff3c4 }
            td.none { color: #aaa }
            """;

    private final Run run;
    private final A4Solution solution;
    private final int states;
    private final Map<String, List<String>> constant = new LinkedHashMap<>();
    private final Map<String, List<String>> changing = new LinkedHashMap<>();

    HtmlTrace(Run run) {
        this.run = run;
        this.solution = run.solution();
        this.states = Math.max(1, solution.getTraceLength());
        for (Sig sig : solution.getAllReachableSigs()) {
            if (!sig.builtin && !sig.label.endsWith("/Ord")) {
                read(sig);
            }
        }
    }

    private void read(Sig sig) {
        if (sig.isVariable != null || (sig.isOne == null && sig.isEnum == null)) {
            List<String> values = new ArrayList<>();
            for (int state = 0; state < states; state++) {
                values.add(text(solution.eval(sig, state)));
            }
            keep(sig.isVariable != null, shortName(sig.label), values);
        }
        for (Sig.Field field : sig.getFields()) {
            List<String> values = new ArrayList<>();
            for (int state = 0; state < states; state++) {
                values.add(text(solution.eval(field, state)));
            }
            keep(field.isVariable != null, shortName(sig.label) + "." + field.label, values);
        }
    }

    private void keep(boolean variable, String name, List<String> values) {
        (variable ? changing : constant).put(name, values);
    }

    private static String text(A4TupleSet tuples) {
        TreeSet<String> rows = new TreeSet<>();
        for (A4Tuple tuple : tuples) {
            StringBuilder row = new StringBuilder();
            // The owner of a field is in its name, and mostly the only one of its kind.
            int first = tuple.arity() > 1 && tuple.sig(0).isOne != null ? 1 : 0;
            for (int i = first; i < tuple.arity(); i++) {
                row.append(i > first ? " \u2192 " : "").append(atom(tuple.atom(i)));
            }
            rows.add(row.toString());
        }
        return String.join("\n", rows);
    }

    /** Atoms of a {@code one sig} end in $0, which says nothing. */
    private static String atom(String name) {
        return shortName(name).replace("$0", "").replace("$", "");
    }

    private static String shortName(String label) {
        return label.substring(label.lastIndexOf('/') + 1);
    }

    String render() {
        StringBuilder page = new StringBuilder();
        String title = run.command().module().name() + ": " + run.verdict().label();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n<p>")
                .append(run.verdict().check() ? "A counterexample" : "An instance")
                .append(" within the scope <code>")
                .append(escaped(run.verdict().scope()))
                .append("</code>.")
                .append(loop())
                .append("</p>\n");
        table(page, "The same in every state", constant, 1);
        table(page, "State by state; what has changed is marked", changing, states);
        return page.append("</body></html>\n").toString();
    }

    private String loop() {
        return changing.isEmpty()
                ? ""
                : " After state %d it goes on with state %d.".formatted(states - 1, solution.getLoopState());
    }

    private static void table(StringBuilder page, String title, Map<String, List<String>> rows, int columns) {
        if (rows.isEmpty()) {
            return;
        }
        page.append("<h2>").append(title).append("</h2>\n<table>\n<tr><th></th>");
        for (int column = 0; column < columns; column++) {
            page.append("<th>").append(columns > 1 ? column : "value").append("</th>");
        }
        page.append("</tr>\n");
        rows.forEach((name, values) -> row(page, name, values.subList(0, columns)));
        page.append("</table>\n");
    }

    private static void row(StringBuilder page, String name, List<String> values) {
        page.append("<tr><th>").append(escaped(name)).append("</th>");
        for (int i = 0; i < values.size(); i++) {
            boolean changed = i > 0 && !values.get(i).equals(values.get(i - 1));
            String style = changed ? " class=\"changed\"" : values.get(i).isEmpty() ? " class=\"none\"" : "";
            page.append("<td").append(style).append('>');
            page.append(
                    values.get(i).isEmpty() ? "none" : escaped(values.get(i)).replace("\n", "<br>"));
            page.append("</td>");
        }
        page.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
