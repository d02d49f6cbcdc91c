package org.nestor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nestor.judge.Platform;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.ScenarioReader;
import org.nestor.smmu.register.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nestor check}: judges recorded traces. */
@Command(
        name = "check",
        description = {
            "Judges recorded traces: whether the architecture allows each reply, and if not, why.",
            "A trace is read as it is judged, and may be of any length."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes, of the worst file in the order 2, 3, 1, 4, 0:%n",
        exitCodeList = {
            "0:every reply conforms",
            "1:a reply diverges",
            "2:bad usage or input",
            "3:the implementation died or hung",
            "4:whether a reply conforms cannot be said"
        })
public final class CheckCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    private final InputStream in;

    @Parameters(paramLabel = "TRACE", arity = "1..*", description = "Files to judge, each from reset; - is stdin.")
    private List<String> files = List.of();

    @Option(names = "--json", description = "Print one JSON object a file: file, verdict, line, rules, message.")
    private boolean json;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "full",
            converter = ReferenceOptions.ProfileConverter.class,
            description = "ID registers and memory of what a trace was recorded from, where no hello tells:"
                    + " full, qemu or minimal (${DEFAULT-VALUE}).")
    private Profile profile = Profile.FULL;

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() {
        ExitCode worst = ExitCode.CONFORMS;
        for (String file : files) {
            worst = worst.worst(check(file));
        }
        return worst.code();
    }

    private ExitCode check(String file) {
        try (ScenarioReader reader = open(file)) {
            Platform assumed = Platform.of(new ReferenceConfiguration(profile, Caching.NEVER, 0));
            TraceVerdict verdict = new TraceChecker(file.equals(STDIN) ? "stdin" : file, assumed).check(reader);
            print(verdict);
            return verdict.code();
        } catch (ProtocolException complaint) {
            return complain(complaint.getMessage());
        } catch (NoSuchFileException | InvalidPathException e) {
            return complain(file + ": expected a file, found nothing of that name");
        } catch (IOException e) {
            return complain(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private ScenarioReader open(String file) throws IOException {
        if (file.equals(STDIN)) {
            return new ScenarioReader("stdin", in);
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        return ScenarioReader.open(path);
    }

    private void print(TraceVerdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(verdict.json());
        } else {
            verdict.text().forEach(out::println);
        }
        out.flush();
    }

    private ExitCode complain(@Nullable String message) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
        return ExitCode.BAD_INPUT;
    }
}
