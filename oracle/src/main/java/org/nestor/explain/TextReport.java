package org.nestor.explain;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleEntry;

/** Prints an explanation for reading, within 100 columns. */
public final class TextReport {

    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final RuleCatalogue catalogue;

    public TextReport(PrintWriter out, RuleCatalogue catalogue) {
        this.out = out;
        this.catalogue = catalogue;
    }

    public void print(Explanation explanation) {
        out.println(explanation.title());
        List<Row> shown =
                explanation.rows().stream().filter(row -> !row.isIdle()).toList();
        String format = "  %-" + width(shown.stream().map(Row::bits).toList()) + "s  %-"
                + width(shown.stream().map(Row::name).toList()) + "s  %-"
                + width(shown.stream().map(TextReport::value).toList()) + "s  ";
        shown.forEach(row -> labelled(String.format(format, row.bits(), row.name(), value(row)), words(row)));
        idle(explanation.rows());
        explanation.notes().forEach(note -> labelled("  note: ", note));
        explanation
                .broken()
                .forEach(rule -> labelled(
                        "  " + rule + "  ",
                        catalogue.find(rule).map(RuleEntry::text).orElse("not in the catalogue")));
        labelled("verdict: ", explanation.verdict());
    }

    private void idle(List<Row> rows) {
        String names = rows.stream().filter(Row::isIdle).map(Row::name).collect(Collectors.joining(" "));
        if (!names.isEmpty()) {
            labelled("  unused and zero: ", names);
        }
    }

    private static String value(Row row) {
        return "0x" + Long.toHexString(row.value());
    }

    private static String words(Row row) {
        String rules = row.rules().isEmpty()
                ? ""
                : " (" + row.rules().stream().map(Object::toString).collect(Collectors.joining(", ")) + ")";
        String mark = row.mark().label() + rules;
        return mark.isEmpty() || row.meaning().isEmpty() ? mark + row.meaning() : mark + ": " + row.meaning();
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(1);
    }

    /** The text after the label, broken at words, each further line under the first. */
    private void labelled(String label, String text) {
        int room = WIDTH - label.length();
        String indent = " ".repeat(label.length());
        String start = label;
        String rest = text;
        while (rest.length() > room) {
            int space = rest.lastIndexOf(' ', room);
            int end = space > 0 ? space : room;
            out.println((start + rest.substring(0, end)).stripTrailing());
            rest = rest.substring(end).stripLeading();
            start = indent;
        }
        out.println((start + rest).stripTrailing());
    }
}
