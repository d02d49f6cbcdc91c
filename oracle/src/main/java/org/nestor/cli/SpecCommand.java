package org.nestor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.Run;
import org.nestor.spec.Solver;
import org.nestor.spec.SpecTable;
import org.nestor.spec.export.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nestor spec}: runs the commands of the Alloy modules. */
@Command(
        name = "spec",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the commands of the Alloy specs and prints a line for each: whether the claim holds or the situation is reached, "
                    + "within which scope, and how long it took.",
            "A claim holds within its scope only; the claims that end in IsKept are steps of an induction and so about runs of any length."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything is as the specs expect", "1:something is not", "2:wrong usage"})
final class SpecCommand implements Callable<Integer> {
    private static final String TERMINAL = "nestor.terminal";
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--module", paramLabel = "MODULE", description = "Only this module, for example smmu/ste.")
    private Optional<String> module = Optional.empty();

    @Option(names = "--command", paramLabel = "NAME", description = "Only the commands of this name.")
    private Optional<String> command = Optional.empty();

    @Option(names = "--list", description = "Lists the commands and runs none.")
    private boolean list;

    @Option(
            names = "--solver",
            paramLabel = "SOLVER",
            description = "minisat or sat4j; by default minisat where it runs.")
    private Optional<String> solver = Optional.empty();

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Writes the instance or counterexample of the one command that is run, as .txt, .xml (for the "
                            + "Alloy Analyzer) or .html.")
    private Optional<Path> export = Optional.empty();

    @Override
    public Integer call() {
        // The log of Alloy goes to standard error and says nothing that the table does not.
        System.setProperty(LOG_LEVEL, "error");
        try {
            return list ? listed() : executed();
        } catch (NoClassDefFoundError e) {
            throw refused("the Alloy jar is not there: the launcher puts it beside nestor.jar as alloy.jar");
        }
    }

    private List<AlloyCommand> chosen() {
        List<String> names = module.map(List::of).orElseGet(AlloyModule::names);
        if (!AlloyModule.names().containsAll(names)) {
            throw refused(
                    "no module '" + names.get(0) + "', expected one of " + String.join(", ", AlloyModule.names()));
        }
        List<AlloyCommand> chosen = SpecTable.commands(names).stream()
                .filter(each -> command.map(each.label()::equals).orElse(true))
                .toList();
        if (chosen.isEmpty()) {
            throw refused("no command '" + command.orElse("") + "'; --list shows all");
        }
        return chosen;
    }

    private int listed() {
        PrintWriter out = spec.commandLine().getOut();
        out.println(SpecTable.header());
        chosen().forEach(each -> out.println(SpecTable.row(each)));
        return ExitCode.CONFORMS.code();
    }

    private int executed() {
        List<AlloyCommand> chosen = chosen();
        Optional<Format> format = export.map(this::format);
        if (format.isPresent() && chosen.size() != 1) {
            throw refused("--export needs one command, and " + chosen.size() + " are chosen");
        }
        Solver with = solver.map(this::solver).orElseGet(Solver::preferred);
        PrintWriter out = spec.commandLine().getOut();
        out.println(SpecTable.header());
        boolean expected = true;
        for (int i = 0; i < chosen.size(); i++) {
            progress(
                    "%d of %d: %s".formatted(i + 1, chosen.size(), chosen.get(i).label()));
            Run run = chosen.get(i).run(with);
            progress("");
            expected &= run.verdict().asExpected();
            out.println(SpecTable.row(run));
            out.flush();
            format.ifPresent(form -> write(form, run));
        }
        return (expected ? ExitCode.CONFORMS : ExitCode.DIVERGES).code();
    }

    /** On a terminal only, which the launcher knows, and gone when the line of the table comes. */
    private void progress(String text) {
        if (Boolean.getBoolean(TERMINAL)) {
            PrintWriter err = spec.commandLine().getErr();
            err.print("\r\u001b[K" + text);
            err.flush();
        }
    }

    private Solver solver(String name) {
        return Solver.named(name).orElseThrow(() -> refused("no solver '" + name + "', expected minisat or sat4j"));
    }

    private Format format(Path file) {
        return Format.ofFile(file.toString())
                .orElseThrow(() -> refused(file + ": expected a name that ends in .txt, .xml or .html"));
    }

    private void write(Format format, Run run) {
        Path file = export.orElseThrow();
        if (!run.verdict().found()) {
            spec.commandLine()
                    .getErr()
                    .println("nothing to export: " + run.verdict().label() + " has no instance");
            return;
        }
        try {
            Files.writeString(file, format.render(run));
        } catch (IOException e) {
            throw refused(file + ": cannot be written: " + e.getMessage());
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
