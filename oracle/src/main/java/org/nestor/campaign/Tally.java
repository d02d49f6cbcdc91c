package org.nestor.campaign;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nestor.reports.Undecided;
import org.nestor.reports.Verdicts;
import org.nestor.rule.RuleId;

/** What a campaign has seen so far, scenario by scenario in the order of their numbers. Not for several threads at once. */
final class Tally {
    private final Map<Cause, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Long> undecided = new TreeMap<>();
    private final SortedMap<RuleId, Long> hits = new TreeMap<>();
    private final SortedMap<OutcomeKind, Long> outcomes = new TreeMap<>();
    private long scenarios;
    private long operations;
    private long conforms;
    private long diverges;
    private long indeterminate;
    private long died;

    /** Counts a play, apart from what its failure is. */
    void count(Played played) {
        scenarios++;
        operations += played.exchanges().size();
        conforms += played.conforms();
        indeterminate += played.indeterminate().size();
        played.indeterminate().forEach(reason -> undecided.merge(general(reason), 1L, Long::sum));
        played.hits().forEach((rule, count) -> hits.merge(rule, count, Long::sum));
        played.outcomes().forEach((kind, count) -> outcomes.merge(kind, count, Long::sum));
        played.failure().ifPresent(failure -> {
            if (failure instanceof Failure.End) {
                died++;
            } else {
                diverges++;
            }
        });
    }

    /** A reason without the numbers in it. */
    private static String general(String reason) {
        return reason.replaceAll("0x[0-9a-f]+|\\b[0-9]+\\b", "#");
    }

    /** The finding of a cause, if there has been one. */
    Optional<Finding> finding(Cause cause) {
        return Optional.ofNullable(findings.get(cause));
    }

    void put(Finding finding) {
        findings.put(finding.cause(), finding);
    }

    /** In the order in which they were found. */
    List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** How often each rule decided, those that never did left out. */
    SortedMap<RuleId, Long> hits() {
        return Collections.unmodifiableSortedMap(hits);
    }

    /** How often replies were of each kind. */
    SortedMap<OutcomeKind, Long> outcomes() {
        return Collections.unmodifiableSortedMap(outcomes);
    }

    long scenarios() {
        return scenarios;
    }

    long operations() {
        return operations;
    }

    Verdicts verdicts() {
        return new Verdicts(conforms, diverges, indeterminate, died);
    }

    /** Why replies could not be judged, by how often. */
    List<Undecided> undecided() {
        return undecided.entrySet().stream()
                .map(entry -> new Undecided(entry.getKey(), entry.getValue()))
                .sorted((one, other) -> Long.compare(other.count(), one.count()))
                .toList();
    }
}
