package org.nestor.reports;

import java.util.Optional;

/**
 * What is known of a rule beside how often it decided.
 *
 * @param section the section of IHI 0070 that states it
 * @param text the rule in a sentence
 * @param notApplicable why it cannot decide under the ID registers of the implementation, if it cannot
 * @param notModelled why the reference leaves it out, if it does
 * @param notWatched why it has no hits whether or not it decides, if so
 */
public record RuleDetail(
        String section,
        String text,
        Optional<String> notApplicable,
        Optional<String> notModelled,
        Optional<String> notWatched) {

    /** A rule that may decide. */
    public static RuleDetail of(String section, String text) {
        return new RuleDetail(section, text, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same rule for an implementation to which it does not apply. */
    public RuleDetail notApplicableBecause(String reason) {
        return new RuleDetail(section, text, Optional.of(reason), notModelled, notWatched);
    }

    /** The same rule, left out of the reference. */
    public RuleDetail notModelledBecause(String reason) {
        return new RuleDetail(section, text, notApplicable, Optional.of(reason), notWatched);
    }

    /** The same rule, whose decisions nothing counts. */
    public RuleDetail notWatchedBecause(String reason) {
        return new RuleDetail(section, text, notApplicable, notModelled, Optional.of(reason));
    }
}
