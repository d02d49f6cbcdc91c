package org.nestor.judge;

import java.util.List;
import java.util.Set;
import org.nestor.rule.RuleId;

/** What the judge makes of one exchange. */
public sealed interface Verdict {

    /** The reply is one that the architecture allows. */
    Verdict CONFORMS = new Conforms();

    /** The reply is one that the architecture allows. */
    record Conforms() implements Verdict {}

    /**
     * The reply is none that the architecture allows.
     *
     * @param rules what the allowed outcomes rest on
     * @param title the kind of mismatch in a few words, the same for every divergence of one cause
     * @param observed what the implementation did
     * @param allowed what it might have done, one outcome a line
     * @param explanation why what it did is not among that, in a few lines
     */
    record Diverges(Set<RuleId> rules, String title, String observed, List<String> allowed, List<String> explanation)
            implements Verdict {
        public Diverges {
            rules = Set.copyOf(rules);
            allowed = List.copyOf(allowed);
            explanation = List.copyOf(explanation);
        }
    }

    /**
     * Whether the reply is allowed cannot be said.
     *
     * @param reason why not
     */
    record Indeterminate(String reason) implements Verdict {}
}
