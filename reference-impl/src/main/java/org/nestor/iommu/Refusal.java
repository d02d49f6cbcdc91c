package org.nestor.iommu;

import org.nestor.rule.RuleId;

/**
 * Why a call was refused. Kept as a constant by the place that decides it, so that a refusal allocates nothing.
 *
 * @param errno what the caller gets
 * @param rule the rule that it rests on
 */
public record Refusal(Errno errno, RuleId rule) {

    public static Refusal of(Errno errno, String rule) {
        return new Refusal(errno, RuleId.of(rule));
    }

    /** The refusal as the result of a call. */
    public <T> Result<T> result() {
        return new Result.Refused<>(this);
    }
}
