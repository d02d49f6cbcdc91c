package org.nestor.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.ProcessImplementation;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nestor run}: executes scenarios, prints the trace, checks what they expect. */
@Command(
        name = "run",
        description = {
            "Executes scenarios, prints the trace with the replies, and checks what the scenarios expect.",
            "A trace is a scenario too; the replies in it are ignored."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every reply was as expected",
            "1:a reply was not as expected",
            "2:bad usage or input; nothing was executed",
            "3:the implementation died or hung"
        })
public final class RunCommand implements Callable<Integer> {

    private final InputStream in;

    @Parameters(paramLabel = "SCENARIO", arity = "1..*", description = "Files to execute, each from reset; - is stdin.")
    private List<String> files = List.of();

    @Mixin
    private ReferenceOptions reference = new ReferenceOptions();

    @Option(
            names = "--sut",
            paramLabel = "COMMAND",
            description = "Execute on this program, which speaks the protocol on its standard input and output.")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long the program may take for a reply (${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--rules",
            paramLabel = "FORMAT",
            description = "Say on standard error, after the run, how often the reference decided by each rule:"
                    + " ${COMPLETION-CANDIDATES}.")
    private Optional<RuleReport> rules = Optional.empty();

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() {
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout: expected at least 1 second, found " + timeout);
        }
        if (rules.isPresent() && command.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--rules: a program does not tell; leave out --sut");
        }
        if (reference.plantsBug() && command.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--bug: only the reference has one; leave out --sut");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<List<Scenario>> scenarios = read(new ScenarioFiles(in, err));
        if (scenarios.isEmpty()) {
            return ExitCode.BAD_INPUT.code();
        }
        RuleCounter decided = new RuleCounter();
        ExitCode worst = run(scenarios.get(), new ScenarioRunner(out, err), decided);
        rules.ifPresent(format -> err.print(format.of(decided)));
        return worst.code();
    }

    private ExitCode run(List<Scenario> scenarios, ScenarioRunner runner, RuleLog decided) {
        ExitCode worst = ExitCode.CONFORMS;
        for (Scenario scenario : scenarios) {
            try (ImplementationUnderTest sut = start(decided)) {
                worst = worst.worst(runner.run(scenario, sut));
            }
        }
        return worst;
    }

    private Optional<List<Scenario>> read(ScenarioFiles reader) {
        if (command.isPresent()) {
            return reader.read(files, request -> Optional.empty());
        }
        try (ImplementationUnderTest sut = reference.create()) {
            return reader.read(files, sut::objection);
        }
    }

    private ImplementationUnderTest start(RuleLog decided) {
        return command.<ImplementationUnderTest>map(
                        line -> ProcessImplementation.start(line, Duration.ofSeconds(timeout)))
                .orElseGet(() -> reference.create(rules.isPresent() ? decided : RuleLog.NONE));
    }
}
