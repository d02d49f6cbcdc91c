package org.nestor.reports.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.SelfTest;

/**
 * The result of a campaign.
 *
 * @param result the result
 */
public record CampaignPage(CampaignResult result) implements Page {

    @Override
    public String fileName() {
        return "index.html";
    }

    @Override
    public String title() {
        return "Conformance of " + result.sut().name() + " " + result.sut().version();
    }

    @Override
    public String shortTitle() {
        return "Campaign";
    }

    @Override
    public String template() {
        return "campaign.jte";
    }

    /** The divergences, those that no list declares first, and of these the most frequent first. */
    public List<Finding> findings() {
        List<Divergence> sorted = result.divergences().stream()
                .sorted(Comparator.comparing(Divergence::known)
                        .thenComparing(
                                Comparator.comparingLong(Divergence::count).reversed())
                        .thenComparing(Divergence::id))
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (Divergence divergence : sorted) {
            List<RuleLine> rules = divergence.rules().stream().map(this::rule).toList();
            findings.add(new Finding(findings.size() + 1, divergence, rules));
        }
        return List.copyOf(findings);
    }

    /** The divergences that a list declares. */
    public List<Finding> declared() {
        return findings().stream()
                .filter(finding -> finding.divergence().known())
                .toList();
    }

    /** The rules. */
    public Coverage coverage() {
        return Coverage.of(result);
    }

    /** The verdicts. */
    public VerdictBar bar() {
        return new VerdictBar(result.verdicts());
    }

    /** The style class of the conclusion. */
    public String mood() {
        if (isBlind() || !result.isClean()) {
            return "bad";
        }
        boolean allConform = result.verdicts().total() > 0
                && result.verdicts().total() == result.verdicts().conforms();
        return allConform ? "ok" : "unsure";
    }

    /** What the campaign says, in a few words. */
    public String conclusion() {
        long causes = result.divergences().size();
        long declared = declared().size();
        if (isBlind()) {
            return "The campaign did not see the bug that was planted for it. Its other results mean nothing.";
        } else if (causes == 0) {
            return result.verdicts().total() == 0 ? "Nothing was judged." : "No divergence was found.";
        } else if (declared == causes) {
            return causes == 1
                    ? "One divergence was found, and it is declared."
                    : Words.count(causes) + " causes of divergence were found, and all are declared.";
        }
        String found = causes == 1 ? "One cause" : Words.count(causes) + " causes";
        String of = declared == 0 ? "" : "; " + Words.count(declared) + (declared == 1 ? " is" : " are") + " declared";
        return found + " of divergence " + (causes == 1 ? "was" : "were") + " found" + of + ".";
    }

    private boolean isBlind() {
        return !result.selfTest().map(SelfTest::caught).orElse(true);
    }

    private RuleLine rule(String id) {
        return new RuleLine(
                id,
                result.rules().getOrDefault(id, 0L),
                Optional.ofNullable(result.ruleDetails().get(id)));
    }
}
