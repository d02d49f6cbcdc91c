package org.nestor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.SelfTest;
import org.nestor.reports.Verdicts;
import org.nestor.reports.site.Coverage;
import org.nestor.reports.site.RuleStatus;

/** Says at the end of a campaign what it did and found. */
final class CampaignSummary {
    private final PrintWriter out;

    CampaignSummary(PrintWriter out) {
        this.out = out;
    }

    void print(CampaignResult result, Optional<Path> report) {
        out.printf(
                Locale.ROOT,
                "%s %s, seed %d: %,d scenarios with %,d requests in %.1f s%n",
                result.sut().name(),
                result.sut().version(),
                result.seed(),
                result.scenarios(),
                result.operations(),
                result.seconds());
        Verdicts verdicts = result.verdicts();
        Coverage coverage = Coverage.of(result);
        out.printf(
                Locale.ROOT,
                "%,d replies conform, %,d diverge, %,d cannot be judged, %,d times it died or hung; %d of %d watched rules decided, %d kinds of outcome%n",
                verdicts.conforms(),
                verdicts.diverges(),
                verdicts.indeterminate(),
                verdicts.died(),
                coverage.of(RuleStatus.HIT).size(),
                coverage.reachable(),
                result.outcomes().size());
        result.selfTest().ifPresent(this::print);
        result.divergences().forEach(this::print);
        report.ifPresent(dir -> out.println("report: " + dir.resolve("index.html")));
        out.flush();
    }

    private void print(SelfTest test) {
        out.printf(
                Locale.ROOT,
                test.caught()
                        ? "self-test: the planted %s was seen after %d scenarios%n"
                        : "self-test: the planted %s was NOT SEEN in %d scenarios; trust nothing above%n",
                test.bug(),
                test.scenarios());
    }

    private void print(Divergence divergence) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%s%n  %s%n  %d times, rules %s%s%n",
                divergence.id(),
                divergence.title(),
                divergence.count(),
                String.join(", ", divergence.rules()),
                divergence
                        .declaration()
                        .map(known -> ", declared as " + known.id())
                        .orElse(""));
        divergence.allowed().forEach(one -> out.println("  allowed: " + one));
        out.println("  observed: " + divergence.observed());
        divergence.explanation().forEach(one -> out.println("  because: " + one));
        out.println("  again: " + divergence.replay().orElse("not kept; --report DIR keeps each case"));
    }
}
