package org.nestor.reports.site;

import java.util.Optional;
import org.nestor.reports.RuleDetail;

/** What became of a rule in a campaign. */
public enum RuleStatus {
    /** It decided at least once. */
    HIT("hit", "decided at least once"),

    /** It could have decided, and did not. */
    NOT_REACHED("open", "not reached"),

    /** Nothing counts its decisions, so that it may have decided or not. */
    NOT_WATCHED("unwatched", "not watched"),

    /** It cannot decide under the implementation's ID registers. */
    NOT_APPLICABLE("na", "not applicable to this implementation"),

    /** The reference leaves it out. */
    NOT_MODELLED("out", "not modelled");

    private final String style;
    private final String label;

    RuleStatus(String style, String label) {
        this.style = style;
        this.label = label;
    }

    static RuleStatus of(long hits, Optional<RuleDetail> detail) {
        if (hits > 0) {
            return HIT;
        } else if (detail.flatMap(RuleDetail::notModelled).isPresent()) {
            return NOT_MODELLED;
        }
        if (detail.flatMap(RuleDetail::notApplicable).isPresent()) {
            return NOT_APPLICABLE;
        }
        return detail.flatMap(RuleDetail::notWatched).isPresent() ? NOT_WATCHED : NOT_REACHED;
    }

    /** The style class of its mark. */
    public String style() {
        return style;
    }

    /** What a legend calls it. */
    public String label() {
        return label;
    }
}
