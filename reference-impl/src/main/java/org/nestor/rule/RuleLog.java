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

    /**
     * The run has just gone on in a way that this rule sets. That is a decision too, but one on the way to an outcome,
     * which does not explain it; a log that is not made for these leaves them out.
     */
    default void followed(RuleId rule) {}

    /** As {@link #followed(RuleId)}, if the rule makes a difference here. */
    default void followed(RuleId rule, boolean difference) {
        if (difference) {
            followed(rule);
        }
    }
}
