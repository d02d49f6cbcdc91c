package org.nestor.spec;

import java.util.List;
import java.util.Locale;

/** Verdicts as lines of text, one a command. */
public final class SpecTable {
    private static final String ROW = "%-18s %-5s %-38s %-12s %-9s %7s  %s";

    private SpecTable() {}

    public static String header() {
        return ROW.formatted("module", "kind", "command", "verdict", "solver", "ms", "scope")
                .stripTrailing();
    }

    public static String row(Run run) {
        Verdict verdict = run.verdict();
        return ROW.formatted(
                        run.command().module().name(),
                        kind(run.command()),
                        verdict.label(),
                        word(verdict),
                        verdict.solver().label(),
                        String.format(Locale.ROOT, "%d", verdict.time().toMillis()),
                        verdict.scope())
                .stripTrailing();
    }

    /** A command that has not been run. */
    public static String row(AlloyCommand command) {
        return ROW.formatted(command.module().name(), kind(command), command.label(), "", "", "", command.scope())
                .stripTrailing();
    }

    private static String kind(AlloyCommand command) {
        return command.check() ? "check" : "run";
    }

    private static String word(Verdict verdict) {
        if (!verdict.asExpected()) {
            return "UNEXPECTED";
        }
        return verdict.check() ? "holds" : verdict.found() ? "reached" : "excluded";
    }

    /** All commands of the project, or those of one module. */
    public static List<AlloyCommand> commands(List<String> modules) {
        return modules.stream()
                .flatMap(name -> AlloyModule.load(name).commands().stream())
                .toList();
    }
}
