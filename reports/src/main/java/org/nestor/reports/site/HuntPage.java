package org.nestor.reports.site;

import java.util.List;
import java.util.Optional;
import org.nestor.reports.HuntControl;
import org.nestor.reports.HuntResult;
import org.nestor.reports.HuntedBug;

/**
 * The kill matrix: how the campaigns found the bugs that were planted for them.
 *
 * @param result the result of the hunt
 */
public record HuntPage(HuntResult result) implements Page {

    @Override
    public String fileName() {
        return "hunt.html";
    }

    @Override
    public String title() {
        return "The hunt for seeded bugs";
    }

    @Override
    public String shortTitle() {
        return "Seeded bugs";
    }

    @Override
    public String template() {
        return "hunt.jte";
    }

    /** What the hunt says, in a few words. */
    public String conclusion() {
        int all = result.bugs().size();
        int escaped = result.escaped().size();
        String found = escaped == 0
                ? "All of " + Words.count(all, "bug") + " were found"
                : Words.count(escaped, "bug") + " of " + Words.count(all) + " escaped";
        long alarms =
                result.controls().stream().mapToLong(HuntControl::falseAlarms).sum();
        return found + (alarms == 0 ? "." : "; with no bug planted, " + Words.count(alarms, "false alarm") + ".");
    }

    /** The style class of the conclusion. */
    public String mood() {
        if (!result.escaped().isEmpty()) {
            return "bad";
        }
        return result.controls().stream().allMatch(control -> control.falseAlarms() == 0) ? "ok" : "unsure";
    }

    /** When a search ends that finds nothing. */
    public String budget() {
        Optional<String> time = result.secondsEach().map(Words::duration);
        Optional<String> scenarios = result.scenariosEach().map(number -> Words.count(number, "scenario"));
        return time.flatMap(one -> scenarios.map(other -> one + " or " + other))
                .or(() -> time)
                .or(() -> scenarios)
                .orElse("no limit");
    }

    /** The seeds, each of which began one search for each bug. */
    public String seeds() {
        List<String> seeds = result.bugs().stream()
                .limit(1)
                .flatMap(bug -> bug.attempts().stream())
                .map(attempt -> Long.toString(attempt.seed()))
                .toList();
        return String.join(", ", seeds);
    }

    /** Where the case of a bug is shown. */
    public static String anchor(HuntedBug bug) {
        return "case-" + bug.id();
    }
}
