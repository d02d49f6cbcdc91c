package org.nestor.reports.site;

import java.util.Optional;
import org.nestor.reports.RuleDetail;

/**
 * A rule as the pages show it.
 *
 * @param id its id
 * @param hits how often it decided
 * @param detail what else is known of it
 */
public record RuleLine(String id, long hits, Optional<RuleDetail> detail) {
    private static final long FEW = 10;
    private static final long MANY = 1000;

    /** What became of it. */
    public RuleStatus status() {
        return RuleStatus.of(hits, detail);
    }

    /** The style class of its cell: the status, and for a hit how often, in three steps. */
    public String style() {
        if (status() != RuleStatus.HIT) {
            return status().style();
        }
        return hits < FEW ? "hit few" : hits < MANY ? "hit" : "hit many";
    }

    /** Where in IHI 0070 it stands. */
    public String section() {
        return detail.map(RuleDetail::section).orElse("");
    }

    /** Its sentence. */
    public String text() {
        return detail.map(RuleDetail::text).orElse("");
    }

    /** Why it could not decide, if it could not. */
    public String reason() {
        return detail.flatMap(
                        known -> known.notModelled().or(known::notApplicable).or(known::notWatched))
                .orElse("");
    }

    /** What hovering over its cell says. */
    public String tooltip() {
        String fate = status() == RuleStatus.HIT ? Words.count(hits, "hit") : status().label();
        String because = status() == RuleStatus.HIT || reason().isEmpty() ? "" : " (" + reason() + ")";
        return id + ", " + fate + because + (text().isEmpty() ? "" : ". " + text());
    }

    /** The part of the id that it shares with the rules of its family: {@code A-STE} of {@code A-STE-01}. */
    public String family() {
        int end = id.lastIndexOf('-');
        return end > 0 ? id.substring(0, end) : id;
    }
}
