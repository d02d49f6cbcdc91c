package org.nestor.allowed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.rule.RuleId;

/**
 * Everything that a transaction may come to.
 *
 * @param outcomes without repetition; what plain memory gives now comes first
 * @param unpredictable the rules that software broke and that leave the outcome open; if there are any, outcomes that are not listed
 *     must not be called wrong
 * @param incomplete why there may be outcomes that are not listed: too many choices, or a past that is no longer remembered
 */
public record Allowed(List<AllowedOutcome> outcomes, Set<RuleId> unpredictable, Optional<String> incomplete) {

    public Allowed {
        outcomes = List.copyOf(outcomes);
        unpredictable = Set.copyOf(unpredictable);
    }

    /** Whether an outcome that is not listed is wrong. */
    public boolean conclusive() {
        return unpredictable.isEmpty() && incomplete.isEmpty();
    }
}
