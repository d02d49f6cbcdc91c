package org.nestor.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.rule.RuleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nestor bugs}: lists the faults that can be planted in the embedded reference. */
@Command(
        name = "bugs",
        description = "Lists the faults that --bug plants in the reference: where each sits and what it breaks.",
        mixinStandardHelpOptions = true)
public final class BugsCommand implements Callable<Integer> {
    private static final JsonFactory JSON = new JsonFactory();

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        SeededBugs.all().forEach(bug -> out.println(json ? object(bug) : text(bug)));
        out.flush();
        return ExitCode.CONFORMS.code();
    }

    private static String text(SeededBug bug) {
        return String.format(
                "%s  %-19s  %-6s  %s%n      %s",
                bug.id(), bug.component().label(), bug.difficulty().label(), bug.title(), bug.breaks());
    }

    private static String object(SeededBug bug) {
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(line)) {
            generator.writeStartObject();
            generator.writeStringField("bug", bug.id());
            generator.writeStringField("component", bug.component().label());
            generator.writeStringField("difficulty", bug.difficulty().label());
            generator.writeStringField("title", bug.title());
            generator.writeStringField("breaks", bug.breaks());
            generator.writeArrayFieldStart("rules");
            for (RuleId rule : bug.rules()) {
                generator.writeString(rule.toString());
            }
            generator.writeEndArray();
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
