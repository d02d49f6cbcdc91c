package org.nestor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.MalformedResultsException;
import org.nestor.reports.ResultsFile;
import org.nestor.reports.site.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nestor report}: renders results as the HTML site. */
@Command(
        name = "report",
        description = "Renders the results of a campaign as HTML, and prints where the page is.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage or input"})
public final class ReportCommand implements Callable<Integer> {
    private static final String RESULTS = "results.json";

    @Parameters(paramLabel = "RESULTS", description = "A results.json, or the folder that holds it.")
    private Path results = Path.of(RESULTS);

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the site goes (beside the results, where its links to scenarios and traces lead).")
    private Optional<Path> folder = Optional.empty();

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Path file = Files.isDirectory(results) ? results.resolve(RESULTS) : results;
        try {
            CampaignResult result = ResultsFile.read(file);
            Path site = folder.orElseGet(() -> file.toAbsolutePath().resolveSibling(""));
            return write(result, site);
        } catch (MalformedResultsException e) {
            err.println(e.getMessage());
        } catch (NoSuchFileException e) {
            err.println(file + ": expected a file, found nothing of that name");
        } catch (IOException e) {
            err.println(file + ": cannot be read (" + e.getMessage() + ")");
        }
        return ExitCode.BAD_INPUT.code();
    }

    private int write(CampaignResult result, Path site) {
        try {
            Site pages = Site.of(result);
            pages.write(site);
            PrintWriter out = spec.commandLine().getOut();
            pages.pages().forEach(page -> out.println(site.resolve(page.fileName())));
            return ExitCode.CONFORMS.code();
        } catch (IOException e) {
            spec.commandLine().getErr().println(site + ": cannot be written (" + e + ")");
            return ExitCode.BAD_INPUT.code();
        }
    }
}
