package org.nestor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.nestor.reports.HuntControl;
import org.nestor.reports.HuntResult;
import org.nestor.reports.HuntedBug;

/** Says how a hunt went: a line for each bug as it is done, and what it comes to at the end. */
final class HuntSummary {
    private final PrintWriter out;

    HuntSummary(PrintWriter out) {
        this.out = out;
    }

    void head() {
        line("bug", "component", "difficulty", "found", "scenarios", "seconds", "size", "blamed", "verdict");
    }

    void print(HuntedBug bug) {
        line(
                bug.id(),
                bug.component(),
                bug.difficulty(),
                bug.finds() + " of " + bug.attempts().size(),
                bug.scenarios()
                        .map(number -> String.format(Locale.ROOT, "%,d", number))
                        .orElse("-"),
                bug.seconds()
                        .map(seconds -> String.format(Locale.ROOT, "%.1f", seconds))
                        .orElse("-"),
                bug.requests().isPresent() ? Integer.toString(bug.requests().getAsInt()) : "-",
                bug.finds() == 0 ? "-" : bug.blamed() + " of " + bug.finds(),
                String.join(" ", bug.verdictRules()));
    }

    void end(HuntResult result) {
        for (HuntControl control : result.controls()) {
            out.printf(
                    Locale.ROOT,
                    "no bug (%s campaign): %,d false alarms in %,d scenarios%n",
                    control.campaign(),
                    control.falseAlarms(),
                    control.scenarios());
        }
        int found = result.bugs().size() - result.escaped().size();
        out.printf(
                Locale.ROOT,
                "%d of %d bugs found in %.0f s%n",
                found,
                result.bugs().size(),
                result.seconds());
        out.flush();
    }

    /** The shortest case of each bug. */
    void cases(HuntResult result) {
        for (HuntedBug bug : result.bugs()) {
            bug.shortest().ifPresent(seen -> {
                out.println(bug.id() + ": " + seen.title());
                seen.steps().forEach(step -> out.println("  " + step));
            });
        }
        out.flush();
    }

    void report(Path page) {
        out.println("report: " + page);
        out.flush();
    }

    private void line(Object... cells) {
        out.printf(Locale.ROOT, "%-5s  %-19s  %-10s  %-8s  %9s  %8s  %4s  %-8s  %s%n", cells);
        out.flush();
    }
}
