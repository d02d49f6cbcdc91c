package org.nestor.reports.site;

import java.util.List;
import org.nestor.reports.Divergence;
import org.nestor.reports.Ending;

/**
 * A divergence as the page shows it.
 *
 * @param number its place on the page, 1-based
 * @param divergence the divergence
 * @param rules its rules
 */
public record Finding(int number, Divergence divergence, List<RuleLine> rules) {

    public Finding {
        rules = List.copyOf(rules);
    }

    /** The name of its section, for links. */
    public String anchor() {
        return "finding-" + number;
    }

    /** The diagram of its steps. */
    public SequenceDiagram diagram() {
        return new SequenceDiagram(divergence.steps());
    }

    /** How the failing request ended, where that is not by a reply. */
    public String ending() {
        return switch (divergence.ending().orElse(Ending.REPLIED)) {
            case REPLIED -> "";
            case DIED -> "the implementation died";
            case HUNG -> "the implementation hung";
        };
    }
}
