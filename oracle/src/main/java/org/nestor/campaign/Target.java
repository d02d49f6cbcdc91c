package org.nestor.campaign;

import org.nestor.rule.RuleId;

/** Something that a campaign may reach. */
sealed interface Target {

    /** A rule decides. */
    record Decision(RuleId rule) implements Target {}

    /** A request comes out in this way. */
    record Outcome(OutcomeKind kind) implements Target {}
}
