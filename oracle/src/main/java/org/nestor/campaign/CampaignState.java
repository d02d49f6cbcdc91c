package org.nestor.campaign;

import java.util.List;
import java.util.SortedMap;
import org.nestor.reports.Undecided;
import org.nestor.reports.Verdicts;
import org.nestor.rule.RuleId;

/** How far a campaign has come. A view: it shows what is so when it is asked. */
public final class CampaignState {
    private final Tally tally;

    CampaignState(Tally tally) {
        this.tally = tally;
    }

    /** Scenarios that are over. */
    public long scenarios() {
        return tally.scenarios();
    }

    /** Requests that they had. */
    public long operations() {
        return tally.operations();
    }

    /** How their replies were judged. */
    public Verdicts verdicts() {
        return tally.verdicts();
    }

    /** Why replies could not be judged. */
    public List<Undecided> undecided() {
        return tally.undecided();
    }

    /** How often each rule decided, those that never did left out. */
    public SortedMap<RuleId, Long> hits() {
        return tally.hits();
    }

    /** How often replies were of each kind, those that never were left out. */
    SortedMap<OutcomeKind, Long> outcomes() {
        return tally.outcomes();
    }

    /** Causes of divergence met so far. */
    public int causes() {
        return tally.findings().size();
    }

    /** One finding for each cause, in the order in which they were met. */
    List<Finding> findings() {
        return tally.findings();
    }
}
