package org.nestor.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.sut.SutFactory;
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
            "1:a reply was not as expected, or is not allowed",
            "2:bad usage or input; nothing was executed",
            "3:the implementation died or hung"
        })
public final class RunCommand implements Callable<Integer> {

    private final InputStream in;

    @Parameters(paramLabel = "SCENARIO", arity = "1..*", description = "Files to execute, each from reset; - is stdin.")
    private List<String> files = List.of();

    @Mixin
    private SutOptions sut = new SutOptions();

    @Option(
            names = "--rules",
            paramLabel = "FORMAT",
            description = "Say on standard error, after the run, how often the reference decided by each rule:"
                    + " ${COMPLETION-CANDIDATES}.")
    private Optional<RuleReport> rules = Optional.empty();

    @Option(
            names = "--judge",
            description = "Judge each reply as well: whether the architecture allows it, and if not, why.")
    private boolean judging;

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() {
        if (rules.isPresent() && !sut.isEmbedded()) {
            throw new ParameterException(
                    spec.commandLine(), "--rules: only the embedded reference tells; leave out --sut");
        }
        RuleCounter decided = new RuleCounter();
        SutFactory factory = sut.factory();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<List<Scenario>> scenarios = new ScenarioFiles(in, err).read(files, factory::objection);
        if (scenarios.isEmpty()) {
            return ExitCode.BAD_INPUT.code();
        }
        RuleLog log = rules.isPresent() ? decided : RuleLog.NONE;
        ExitCode worst = run(scenarios.get(), new ScenarioRunner(out, err, judging), () -> factory.create(log));
        rules.ifPresent(format -> err.print(format.of(decided)));
        return worst.code();
    }

    private static ExitCode run(
            List<Scenario> scenarios, ScenarioRunner runner, Supplier<ImplementationUnderTest> suts) {
        ExitCode worst = ExitCode.CONFORMS;
        for (Scenario scenario : scenarios) {
            try (ImplementationUnderTest implementation = suts.get()) {
                worst = worst.worst(runner.run(scenario, implementation));
            }
        }
        return worst;
    }
}
