package org.nestor.reports;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a campaign found, and the content of {@code results.json}. The first ten members are those of the protocol; the
 * others may be absent from a file, and then the report says less.
 *
 * @param nestor version of the protocol, {@value #VERSION}
 * @param sut the implementation under test, as it introduced itself
 * @param seed the campaign's seed
 * @param started when it began
 * @param seconds how long it ran
 * @param scenarios how many scenarios were run, those of the self-test and of shrinking not counted
 * @param operations how many requests they had
 * @param verdicts how the replies were judged
 * @param rules how often each rule decided, by rule id; 0 for a rule that never did
 * @param divergences one entry for each cause
 * @param setup how the campaign was called
 * @param capabilities what the ID registers of the implementation say, a few words each
 * @param selfTest whether the campaign saw the bug that was planted for it
 * @param ruleDetails what is known of the rules of {@code rules}, by rule id
 * @param indeterminate why replies could not be judged
 * @param outcomes how often replies came out in each way that was seen, by its name
 */
public record CampaignResult(
        int nestor,
        Sut sut,

        @JsonSerialize(using = Hex.Writer.class) @JsonDeserialize(using = Hex.Reader.class)
        long seed,

        Instant started,
        double seconds,
        long scenarios,
        long operations,
        Verdicts verdicts,
        SortedMap<String, Long> rules,
        List<Divergence> divergences,
        Optional<Setup> setup,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> capabilities,
        Optional<SelfTest> selfTest,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedMap<String, RuleDetail> ruleDetails,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Undecided> indeterminate,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedMap<String, Long> outcomes) {

    /** The version of the protocol whose results these are. */
    public static final int VERSION = 1;

    public CampaignResult {
        Checks.require(nestor == VERSION, "nestor: expected version " + VERSION + ", found " + nestor);
        Checks.require(Double.isFinite(seconds) && seconds >= 0, "seconds: expected a time of 0 or more");
        Checks.count("scenarios", scenarios);
        Checks.count("operations", operations);
        rules.forEach((rule, hits) -> Checks.count("rules." + rule, hits));
        rules = Sorted.copy(rules);
        divergences = List.copyOf(divergences);
        capabilities = List.copyOf(capabilities);
        ruleDetails = Sorted.copy(ruleDetails);
        indeterminate = List.copyOf(indeterminate);
        outcomes.forEach((kind, count) -> Checks.count("outcomes." + kind, count));
        outcomes = Sorted.copy(outcomes);
        Set<String> ids = new HashSet<>();
        for (Divergence divergence : divergences) {
            Checks.require(
                    ids.add(divergence.id()),
                    "divergences: expected each id once, found " + divergence.id() + " twice");
        }
    }

    /** The protocol's members alone. */
    public CampaignResult(
            Sut sut,
            long seed,
            Instant started,
            double seconds,
            long scenarios,
            long operations,
            Verdicts verdicts,
            Map<String, Long> rules,
            List<Divergence> divergences) {
        this(
                VERSION,
                sut,
                seed,
                started,
                seconds,
                scenarios,
                operations,
                verdicts,
                Sorted.copy(rules),
                divergences,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Sorted.copy(Map.of()),
                List.of(),
                Sorted.copy(Map.of()));
    }

    /** Whether every divergence is declared, which makes the campaign end well. */
    public boolean isClean() {
        return divergences.stream().allMatch(Divergence::known);
    }
}
