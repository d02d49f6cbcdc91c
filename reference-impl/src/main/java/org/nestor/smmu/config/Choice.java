package org.nestor.smmu.config;

import org.nestor.rule.RuleId;

/** Picks among the outcomes that the architecture leaves open (CONSTRAINED UNPREDICTABLE, IMPLEMENTATION DEFINED). */
@FunctionalInterface
public interface Choice {

    /** What the reference prefers, wherever there is a choice. */
    Choice PREFERRED = (rule, alternatives) -> 0;

    /**
     * Picks one of the outcomes that a rule allows.
     *
     * @param alternatives how many there are, at least 1
     * @return 0 to {@code alternatives - 1}; 0 is what the reference prefers
     */
    int choose(RuleId rule, int alternatives);
}
