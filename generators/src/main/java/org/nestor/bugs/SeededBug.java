package org.nestor.bugs;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.nestor.iommu.Parts;
import org.nestor.rule.RuleId;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.tlb.CachePolicy;

/**
 * A fault that an SMMUv3, its driver or what is above it had, built as the reference with parts replaced.
 *
 * @param id D-nn
 * @param title what is wrong, in one sentence
 * @param component where it sits
 * @param difficulty how hard it is to meet by chance
 * @param breaks what it breaks, and for whom
 * @param rules the rules that it violates
 * @param plant how what has it is put together
 */
public record SeededBug(
        String id,
        String title,
        BugComponent component,
        Difficulty difficulty,
        String breaks,
        List<RuleId> rules,
        Plant plant) {

    /** Which parts are replaced. */
    public sealed interface Plant {}

    /** Puts an SMMU together from the cache policies it is to run under; one policy is taken at each reset. */
    @FunctionalInterface
    public non-sealed interface Assembly extends Plant {
        SmmuParts over(Supplier<CachePolicy> policies);
    }

    /** Puts the software of a host together, from the parts of one without this fault. */
    @FunctionalInterface
    public non-sealed interface Software extends Plant {
        Parts over(Parts sound);
    }

    /** A fault of an SMMU. */
    static SeededBug of(
            String id,
            BugComponent component,
            Difficulty difficulty,
            String title,
            String breaks,
            Assembly assembly,
            String... rules) {
        return new SeededBug(id, title, component, difficulty, breaks, ids(rules), assembly);
    }

    /** A fault of the software above one. */
    static SeededBug above(
            String id,
            BugComponent component,
            Difficulty difficulty,
            String title,
            String breaks,
            Software software,
            String... rules) {
        return new SeededBug(id, title, component, difficulty, breaks, ids(rules), software);
    }

    private static List<RuleId> ids(String... rules) {
        return Arrays.stream(rules).map(RuleId::of).toList();
    }

    /** Whether an SMMU has it; else the software above one. */
    public boolean isInSmmu() {
        return plant instanceof Assembly;
    }

    /** The parts of one SMMU: with the fault, if it is one of an SMMU. */
    public SmmuParts parts(Supplier<CachePolicy> policies) {
        return plant instanceof Assembly assembly
                ? assembly.over(policies)
                : new SmmuParts(new CachedTranslation(policies));
    }

    /** The parts of the software of a host: with the fault, if it is one of software. */
    public Parts software() {
        return plant instanceof Software software ? software.over(Parts.REFERENCE) : Parts.REFERENCE;
    }

    /** Whether a verdict that rests on rules of these areas looks where the fault is. */
    public boolean isBlamedBy(List<String> areas) {
        return rules.stream().map(RuleId::area).anyMatch(areas::contains);
    }

    @Override
    public String toString() {
        return id + " (" + title + ")";
    }
}
