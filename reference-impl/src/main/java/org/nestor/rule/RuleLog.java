package org.nestor.rule;

/**
 * Takes note of the rules that a run decided on. It is called from the deciding places, many times per transaction, so
 * an implementation must be cheap, and must neither throw nor change the run. A caller passes a constant, so that
 * nothing is allocated for a rule that nobody records.
 */
@FunctionalInterface
public interface RuleLog {

    /** Records nothing. */
    RuleLog NONE = rule -> {};

    /** The run has just decided something by this rule. */
    void decided(RuleId rule);
}
