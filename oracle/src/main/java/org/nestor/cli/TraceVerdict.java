package org.nestor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nestor.judge.Verdict;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.JsonWriter;
import org.nestor.protocol.json.ObjectBuilder;
import org.nestor.rule.RuleId;

/**
 * What {@code nestor check} says of a trace: the worst that happened, and where it first did.
 *
 * @param file the file as the user named it
 * @param code the kind of the verdict
 * @param line 1-based line, the header included; of a trace that conforms the last one
 * @param rules what the allowed outcomes rest on
 * @param message one line
 * @param details more lines, for people
 */
record TraceVerdict(String file, ExitCode code, int line, Set<RuleId> rules, String message, List<String> details) {

    static TraceVerdict conforms(String file, int line, long exchanges) {
        String message = exchanges + (exchanges == 1 ? " exchange" : " exchanges");
        return new TraceVerdict(file, ExitCode.CONFORMS, line, Set.of(), message, List.of());
    }

    static TraceVerdict died(String file, int line, String message) {
        return new TraceVerdict(file, ExitCode.DIED, line, Set.of(), message, List.of());
    }

    static TraceVerdict indeterminate(String file, int line, String reason) {
        return new TraceVerdict(file, ExitCode.INDETERMINATE, line, Set.of(), reason, List.of());
    }

    static TraceVerdict diverges(String file, int line, Verdict.Diverges divergence) {
        List<String> details = new ArrayList<>();
        divergence.allowed().forEach(one -> details.add("allowed:  " + one));
        divergence.explanation().forEach(one -> details.add("because:  " + one));
        String message = divergence.title() + ": " + divergence.observed();
        return new TraceVerdict(file, ExitCode.DIVERGES, line, divergence.rules(), message, details);
    }

    /** The worse of two; the earlier of two that are as bad. */
    TraceVerdict worst(TraceVerdict later) {
        return code.worst(later.code) == code ? this : later;
    }

    private String word() {
        return switch (code) {
            case CONFORMS -> "conforms";
            case INDETERMINATE -> "indeterminate";
            case DIVERGES -> "diverges";
            case DIED -> "died";
            case BAD_INPUT -> throw new IllegalStateException("a file that cannot be read has no verdict");
        };
    }

    private List<String> ruleNames() {
        return rules.stream().sorted().map(RuleId::toString).toList();
    }

    /** One object, without line end. */
    String json() {
        return JsonWriter.write(new ObjectBuilder()
                .text("file", file)
                .text("verdict", word())
                .count("line", line)
                .list("rules", ruleNames(), Json.Text::new)
                .text("message", message)
                .build());
    }

    /** A line, and more below it for a divergence. */
    List<String> text() {
        String place = code == ExitCode.CONFORMS ? file : file + ":" + line;
        String names = rules.isEmpty() ? "" : " [" + String.join(", ", ruleNames()) + "]";
        List<String> lines = new ArrayList<>();
        lines.add(place + ": " + word() + ": " + message + names);
        details.forEach(detail -> lines.add("  " + detail));
        return lines;
    }
}
