package org.nestor.bugs;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.nestor.rule.RuleId;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.tlb.CachePolicy;

/**
 * A fault that an SMMUv3 implementation had, built as the reference with one part replaced.
 *
 * @param id D-nn
 * @param title what is wrong, in one sentence
 * @param component where it sits
 * @param difficulty how hard it is to meet by chance
 * @param breaks what it breaks, and for whom
 * @param rules the rules that it violates
 * @param assembly how the SMMU that has it is put together
 */
public record SeededBug(
        String id,
        String title,
        BugComponent component,
        Difficulty difficulty,
        String breaks,
        List<RuleId> rules,
        Assembly assembly) {

    /** Puts an SMMU together from the cache policies it is to run under; one policy is taken at each reset. */
    @FunctionalInterface
    public interface Assembly {
        SmmuParts over(Supplier<CachePolicy> policies);
    }

    static SeededBug of(
            String id,
            BugComponent component,
            Difficulty difficulty,
            String title,
            String breaks,
            Assembly assembly,
            String... rules) {
        List<RuleId> violated = Arrays.stream(rules).map(RuleId::of).toList();
        return new SeededBug(id, title, component, difficulty, breaks, violated, assembly);
    }

    /** The parts of an SMMU that has the fault, for one SMMU. */
    public SmmuParts parts(Supplier<CachePolicy> policies) {
        return assembly.over(policies);
    }

    @Override
    public String toString() {
        return id + " (" + title + ")";
    }
}
