package org.nestor.allowed;

import java.util.List;
import java.util.Optional;

/**
 * Everything that a transaction may come to.
 *
 * @param outcomes without repetition; what plain memory gives now comes first
 * @param incomplete why there may be outcomes that are not listed: too many choices, or a past that is no longer remembered
 */
public record Allowed(List<AllowedOutcome> outcomes, Optional<String> incomplete) {

    public Allowed {
        outcomes = List.copyOf(outcomes);
    }
}
