package org.nestor.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Predicate;

/** Prints rules for reading: one line for each within 120 columns, or all that is known about one. */
final class RulesTable {

    private static final int WIDTH = 120;
    private static final String ROW = "%-10s  %-7s  %5s  %s%n";
    private static final int ROOM = WIDTH - "RULE------  SECTION  TESTS  ".length();

    private final PrintWriter out;

    RulesTable(PrintWriter out) {
        this.out = out;
    }

    void list(List<RuleStatus> rules) {
        out.printf(ROW, "RULE", "SECTION", "TESTS", "DECIDED BY");
        for (RuleStatus rule : rules) {
            out.printf(
                    ROW,
                    rule.id(),
                    rule.entry().section(),
                    rule.tested().size(),
                    rule.notModelled().map(reason -> "not modelled: " + reason).orElseGet(() -> where(rule)));
        }
        out.printf(
                "%nof %d: %d decided, %d tested only, %d not modelled, %d without a place%n",
                rules.size(),
                count(rules, RuleStatus::isDecided),
                count(rules, RuleStatus::isTestedOnly),
                count(rules, rule -> rule.notModelled().isPresent()),
                count(rules, RuleStatus::isMissing));
    }

    void detail(RuleStatus rule) {
        out.printf(
                "%s  %s, certainty %s%n",
                rule.id(), rule.entry().source(), rule.entry().certainty().code());
        out.print(rule.entry().text().replaceAll("(.{1," + (WIDTH - 2) + "})( |$)", "  $1%n".formatted()));
        rule.decided().forEach(place -> out.printf("  decided by    %s%n", place));
        rule.tested().forEach(place -> out.printf("  tested by     %s%n", place));
        rule.notModelled().ifPresent(reason -> out.printf("  not modelled  %s%n", reason));
        if (rule.isMissing()) {
            out.println("  NO PLACE");
        }
    }

    private static String where(RuleStatus rule) {
        if (rule.isMissing()) {
            return "NO PLACE";
        }
        return rule.isTestedOnly() ? "tested only: " + fit(rule.tested(), ROOM - 13) : fit(rule.decided(), ROOM);
    }

    /** As many of the places as fit, at least one, and the number of the others. */
    private static String fit(List<String> places, int room) {
        StringBuilder line = new StringBuilder(shorten(simpleName(places.get(0)), room - " +999".length()));
        for (int i = 1; i < places.size(); i++) {
            String next = ", " + simpleName(places.get(i));
            if (line.length() + next.length() + " +999".length() > room) {
                return line.append(" +").append(places.size() - i).toString();
            }
            line.append(next);
        }
        return line.toString();
    }

    private static String shorten(String name, int room) {
        return name.length() <= room ? name : name.substring(0, room - 3) + "...";
    }

    /** The place without its package: what follows the last dot before the first capital letter. */
    private static String simpleName(String place) {
        return place.replaceFirst("^([a-z0-9_]+\\.)+", "");
    }

    private static long count(List<RuleStatus> rules, Predicate<RuleStatus> condition) {
        return rules.stream().filter(condition).count();
    }
}
