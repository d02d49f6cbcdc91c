package org.nestor.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.campaign.Bounds;
import org.nestor.hunt.HuntPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what a hunt is to do. */
final class HuntOptions {
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(1);
    private static final int DEFAULT_SEEDS = 3;
    private static final int REPLAY_CAP = 2000;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = CampaignCommand.TimeConverter.class,
            description = "How long each campaign looks (60s unless --scenarios is given).")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--scenarios", paramLabel = "N", description = "How many scenarios each campaign plays at most.")
    private Optional<Long> scenarios = Optional.empty();

    @Option(names = "--seeds", paramLabel = "N", description = "Campaigns for each bug, of seeds 1 to N (3).")
    private Optional<Integer> seeds = Optional.empty();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Campaigns that run at a time, on one thread each (as many as there are processors).")
    private Optional<Integer> jobs = Optional.empty();

    @Option(
            names = "--bug",
            paramLabel = "D-nn",
            arity = "1..*",
            converter = ReferenceOptions.BugConverter.class,
            description = "The bugs to look for (all, and after them none, as a control).")
    private List<SeededBug> bugs = List.of();

    @Option(names = "--report", paramLabel = "DIR", description = "Write hunt.json and the page that shows it.")
    private Optional<Path> report = Optional.empty();

    // Replaced by picocli before the command runs.
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Whether any is given. */
    boolean isAsked() {
        return time.isPresent()
                || scenarios.isPresent()
                || seeds.isPresent()
                || jobs.isPresent()
                || report.isPresent()
                || !bugs.isEmpty();
    }

    HuntPlan plan() {
        if (seeds.filter(number -> number < 1).isPresent()
                || jobs.filter(number -> number < 1).isPresent()
                || scenarios.filter(number -> number < 1).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--seeds, --jobs and --scenarios: expected at least 1");
        }
        Bounds bounds = new Bounds(end(), scenarios.map(OptionalLong::of).orElse(OptionalLong.empty()), REPLAY_CAP);
        return new HuntPlan(
                bugs.isEmpty() ? SeededBugs.all() : bugs,
                LongStream.rangeClosed(1, seeds.orElse(DEFAULT_SEEDS)).boxed().toList(),
                bounds,
                jobs.orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                bugs.isEmpty());
    }

    private Optional<Duration> end() {
        return time.isEmpty() && scenarios.isEmpty() ? Optional.of(DEFAULT_TIME) : time;
    }

    /** The command that asks for the same. */
    String repeated() {
        StringBuilder command = new StringBuilder("./nestor bugs --hunt");
        end().ifPresent(limit ->
                command.append(" --time ").append(limit.toSeconds()).append('s'));
        scenarios.ifPresent(number -> command.append(" --scenarios ").append(number));
        command.append(" --seeds ").append(seeds.orElse(DEFAULT_SEEDS));
        bugs.forEach(bug -> command.append(" --bug ").append(bug.id()));
        return command.toString();
    }

    /** Where the result is kept. */
    HuntReport report() {
        return new HuntReport(report);
    }
}
