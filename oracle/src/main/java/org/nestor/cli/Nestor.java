package org.nestor.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "nestor",
        description = "Executable reference and conformance oracle for Arm SMMUv3 and the nested-stage IOMMU API.",
        mixinStandardHelpOptions = true,
        versionProvider = Nestor.Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:conforms",
            "1:a divergence was found",
            "2:bad usage or input",
            "3:the implementation under test died or hung",
            "4:indeterminate"
        })
public final class Nestor implements Callable<Integer> {

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs a verb in a process of its own. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(System.in, out, err, args));
    }

    /**
     * Runs a verb within this process.
     *
     * @return the exit code
     */
    public static int execute(InputStream in, PrintWriter out, PrintWriter err, String... args) {
        int code = commandLine(in)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Complaints::usage)
                .setExecutionExceptionHandler(Complaints::internal)
                .execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /** The verbs with their options; {@code in} is what they read as standard input. */
    public static CommandLine commandLine(InputStream in) {
        return new CommandLine(new Nestor())
                .addSubcommand(new CampaignCommand())
                .addSubcommand(new RunCommand(in))
                .addSubcommand(new CheckCommand(in))
                .addSubcommand(new ServeCommand(in))
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new RulesCommand())
                .addSubcommand(new ReportCommand())
                .addSubcommand(new BugsCommand())
                .addSubcommand(new SpecCommand())
                .addSubcommand(new BenchCommand());
    }

    /** Without a verb there is nothing to do but to say so. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.BAD_INPUT.code();
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Optional<String> version =
                    Optional.ofNullable(Nestor.class.getPackage().getImplementationVersion());
            return new String[] {"nestor " + version.orElse("(not from a jar)")};
        }
    }
}
