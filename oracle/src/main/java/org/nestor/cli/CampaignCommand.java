package org.nestor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.nestor.bugs.SeededBug;
import org.nestor.campaign.Bounds;
import org.nestor.campaign.CampaignPlan;
import org.nestor.campaign.CampaignRun;
import org.nestor.campaign.KnownDifferences;
import org.nestor.campaign.KnownDifferencesFile;
import org.nestor.campaign.UnfitException;
import org.nestor.hunt.Hunt;
import org.nestor.hunt.HuntPlan;
import org.nestor.oracle.sut.SutFactory;
import org.nestor.protocol.ProtocolException;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.Ending;
import org.nestor.reports.HuntResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nestor campaign}: generates scenarios, runs them on an implementation, judges every reply, shrinks what diverges. */
@Command(
        name = "campaign",
        description = {
            "Searches for divergences: generates scenarios, runs them on an implementation, judges every reply,",
            "shrinks each cause of divergence to its smallest case, and writes a report.",
            "Without --time and --scenarios it takes a minute. The same seed gives the same result."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every divergence is declared, or there was none",
            "1:a divergence was found that is not declared",
            "2:bad usage or input, or the campaign did not see the bug that was planted for it",
            "3:the implementation died or hung, and that is not declared"
        })
public final class CampaignCommand implements Callable<Integer> {
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

    @Mixin
    private SutOptions sut = new SutOptions();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Begin no scenario after this time: a number with s, m or h behind it.")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--scenarios", paramLabel = "N", description = "Run this many scenarios.")
    private Optional<Long> scenarios = Optional.empty();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Scenarios that run at a time (as many as there are processors).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--shrink",
            paramLabel = "N",
            description = "Replays that each half of shrinking a case may take (${DEFAULT-VALUE}).")
    private int replayCap = 400;

    @Option(names = "--known", paramLabel = "FILE", description = "Known differences, which are declared.")
    private Optional<Path> known = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write results.json, the page that shows it, and each case as scenario and trace.")
    private Optional<Path> report = Optional.empty();

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<SeededBug> software = sut.reference().bugOfSoftware();
        if (software.isPresent() && sut.isEmbedded()) {
            return ofSoftware(software.get());
        }
        SutFactory factory = sut.factory();
        try {
            CampaignRun run = new CampaignRun(plan(), factory, sut.repeated(), policy(), Progress.on(err));
            CampaignResult result = run.run();
            new CampaignSummary(spec.commandLine().getOut()).print(result, report);
            return code(result).code();
        } catch (UnfitException e) {
            int code = complain(factory.description() + ": " + e.getMessage());
            return e.ended() ? ExitCode.DIED.code() : code;
        } catch (ProtocolException e) {
            return complain(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return complain(e.getMessage() + ": expected a file, found nothing of that name");
        } catch (IOException e) {
            return complain("the report cannot be written, or the known differences not be read: " + e.getMessage());
        }
    }

    /** A fault of the software above the SMMU is looked for by guests that use it, up to the first that meets it. */
    private int ofSoftware(SeededBug bug) throws InterruptedException {
        try {
            CampaignPlan plan = plan();
            HuntPlan hunt = new HuntPlan(
                    List.of(bug), List.of(plan.seed()), new Bounds(plan.time(), plan.scenarios(), replayCap), 1, false);
            HuntReport files = new HuntReport(report);
            HuntSummary summary = new HuntSummary(spec.commandLine().getOut());
            summary.head();
            HuntResult result = new Hunt(hunt).run("./nestor campaign " + sut.repeated(), summary::print);
            summary.cases(result);
            files.write(result).ifPresent(summary::report);
            return (result.escaped().isEmpty() ? ExitCode.DIVERGES : ExitCode.CONFORMS).code();
        } catch (UnfitException | ProtocolException e) {
            return complain(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return complain("the report cannot be written, or the known differences not be read: " + e.getMessage());
        }
    }

    private Optional<String> policy() {
        return sut.isEmbedded() ? Optional.of(sut.reference().policy()) : Optional.empty();
    }

    private CampaignPlan plan() throws IOException, ProtocolException {
        if (jobs < 1 || scenarios.filter(number -> number < 1).isPresent() || replayCap < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs and --scenarios: expected at least 1, --shrink at least 0");
        }
        Optional<Duration> end = time.isEmpty() && scenarios.isEmpty() ? Optional.of(DEFAULT_TIME) : time;
        return new CampaignPlan(
                sut.reference().seed(),
                end,
                scenarios.map(OptionalLong::of).orElse(OptionalLong.empty()),
                jobs,
                replayCap,
                known.isPresent() ? KnownDifferencesFile.read(known.get()) : KnownDifferences.NONE,
                report);
    }

    /** What a result means for the exit code. */
    static ExitCode code(CampaignResult result) {
        ExitCode worst = ExitCode.CONFORMS;
        for (Divergence divergence : result.divergences()) {
            if (!divergence.known()) {
                boolean ended =
                        divergence.ending().filter(end -> end != Ending.REPLIED).isPresent();
                worst = worst.worst(ended ? ExitCode.DIED : ExitCode.DIVERGES);
            }
        }
        boolean blind = result.selfTest().filter(test -> !test.caught()).isPresent();
        return blind ? ExitCode.BAD_INPUT : worst;
    }

    private int complain(String message) {
        spec.commandLine().getErr().println("nestor campaign: " + message);
        spec.commandLine().getErr().flush();
        return ExitCode.BAD_INPUT.code();
    }

    /** Reads 90s, 10m, 2h or a number of seconds. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[0-9]{1,9}[smh]?")) {
                throw new TypeConversionException("expected a time such as 90s, 10m or 2h, found " + text);
            }
            long number = Long.parseLong(text.replaceAll("[smh]", ""));
            return switch (text.charAt(text.length() - 1)) {
                case 'm' -> Duration.ofMinutes(number);
                case 'h' -> Duration.ofHours(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }
}
