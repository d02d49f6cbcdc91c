package org.nestor.allowed;

import org.nestor.rule.RuleId;

/**
 * A rule that software broke, so that the outcome of a transaction is CONSTRAINED UNPREDICTABLE.
 *
 * @param rule what was broken
 * @param scope which outcomes beyond the allowed ones must not be called wrong
 */
public record Excuse(RuleId rule, Scope scope) {

    /** How far an excuse goes. */
    public enum Scope {
        /** Termination, with F_TLB_CONFLICT or F_CFG_CONFLICT. */
        CONFLICT,
        /** Any outcome. */
        ANYTHING
    }
}
