package org.nestor.smmu.config;

import org.nestor.rule.RuleId;

/** What an SMMU may do about a pointer with bits at or above the address size. */
public enum WidePointer {
    /** The structure that holds the pointer is refused. */
    REFUSED,
    /** The pointer is followed as it is, so that the access beyond the address size fails. */
    FOLLOWED,
    /** The bits beyond the address size are dropped. */
    TRUNCATED;

    /**
     * Picks one of these; from SMMUv3.1 on only those that leave the pointer as it is.
     *
     * @param rule the rule that allows the choice
     * @param intermediate whether the pointer is an IPA: an SMMUv3.1 may follow no other
     * @param version30 whether the SMMU is an SMMUv3.0
     */
    public static WidePointer choose(Choice choice, RuleId rule, boolean intermediate, boolean version30) {
        if (version30) {
            return values()[choice.choose(rule, 3)];
        }
        return intermediate ? values()[choice.choose(rule, 2)] : REFUSED;
    }
}
