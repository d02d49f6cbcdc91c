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
import org.nestor.campaign.UnfitException;
import org.nestor.hunt.Hunt;
import org.nestor.reports.HuntResult;
import org.nestor.rule.RuleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nestor bugs}: lists the faults that can be planted in the embedded reference, or has campaigns look for each. */
@Command(
        name = "bugs",
        description = {
            "Lists the faults that --bug plants in the reference: where each sits and what it breaks.",
            "With --hunt, has campaigns that know of none of them look for each, and prints how they found it."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, and every bug that was hunted was found", "1:a bug escaped", "2:bad usage"})
public final class BugsCommand implements Callable<Integer> {
    private static final JsonFactory JSON = new JsonFactory();

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--hunt", description = "Look for each bug by campaigns.")
    private boolean hunt;

    @Mixin
    private HuntOptions options = new HuntOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (hunt) {
            return hunt(out);
        } else if (options.isAsked()) {
            throw new ParameterException(spec.commandLine(), "all options but --json need --hunt");
        }
        SeededBugs.all().forEach(bug -> out.println(json ? object(bug) : text(bug)));
        out.flush();
        return ExitCode.CONFORMS.code();
    }

    private int hunt(PrintWriter out) throws InterruptedException {
        HuntSummary summary = new HuntSummary(out);
        summary.head();
        try {
            HuntResult result = new Hunt(options.plan()).run(options.repeated(), summary::print);
            summary.end(result);
            options.report().write(result).ifPresent(summary::report);
            return (result.escaped().isEmpty() ? ExitCode.CONFORMS : ExitCode.DIVERGES).code();
        } catch (UnfitException e) {
            return complain(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return complain("the report cannot be written: " + e.getMessage());
        }
    }

    private int complain(String message) {
        spec.commandLine().getErr().println("nestor bugs: " + message);
        spec.commandLine().getErr().flush();
        return ExitCode.BAD_INPUT.code();
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
