package org.nestor.campaign;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;

/**
 * What became of a scenario.
 *
 * @param exchanges what was asked and answered, up to the failure if there was one
 * @param setup how many of them set the machine up
 * @param conforms how many replies conform
 * @param indeterminate why replies could not be judged, one reason each
 * @param failure why it ended early
 * @param hits how often each rule decided meanwhile, as far as that was asked for
 * @param outcomes how often replies were of each kind, as far as that was asked for
 */
record Played(
        List<Exchange> exchanges,
        int setup,
        long conforms,
        List<String> indeterminate,
        Optional<Failure> failure,
        Map<RuleId, Long> hits,
        Map<OutcomeKind, Long> outcomes) {

    /** A request and its reply. */
    record Exchange(Request.Architectural request, Reply reply) {}

    /** Whether it failed for this cause. */
    boolean failsBy(Cause cause) {
        return failure.filter(found -> found.cause().equals(cause)).isPresent();
    }

    /**
     * What it has reached, as far as that was counted. Nothing where a reply could not be judged, or where it failed: what is like it
     * would prove as little, or fail again in the same way.
     */
    Set<Target> reached() {
        if (!indeterminate.isEmpty() || failure.isPresent()) {
            return Set.of();
        }
        Set<Target> reached = new LinkedHashSet<>();
        hits.keySet().forEach(rule -> reached.add(new Target.Decision(rule)));
        outcomes.keySet().forEach(kind -> reached.add(new Target.Outcome(kind)));
        return reached;
    }

    /** The requests alone. */
    List<Request.Architectural> requests() {
        return exchanges.stream().map(Exchange::request).toList();
    }
}
