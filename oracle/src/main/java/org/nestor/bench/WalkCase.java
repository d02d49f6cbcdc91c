package org.nestor.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;

/** The rows of the walk benchmark. */
public enum WalkCase {
    /** Both stages, STE and CD remembered, translations not. */
    NESTED_MISS("nested-miss", Setup.NESTED, CachePolicies::configurationOnly),
    /** Both stages, nothing remembered: STE and CD are fetched again, the CD through stage 2. */
    NESTED_COLD("nested-cold", Setup.NESTED, CachePolicies::never),
    /** Both stages, everything remembered. */
    NESTED_HIT("nested-hit", Setup.NESTED, CachePolicies::infinite),
    STAGE1_MISS("stage1-miss", Setup.STAGE1, CachePolicies::configurationOnly),
    STAGE2_MISS("stage2-miss", Setup.STAGE2, CachePolicies::configurationOnly),
    /** Both stages off in a remembered STE. */
    BYPASS("bypass", Setup.BYPASS, CachePolicies::infinite),
    /** One CMD_TLBI_NH_VA through the command queue in memory, for a page whose combined entry is there. */
    INVALIDATE("invalidate", Setup.NESTED, CachePolicies::infinite),
    /** The descriptor reads of nested-miss, each address depending on the value read before, and nothing else. */
    FLOOR("floor", Setup.NESTED, CachePolicies::configurationOnly);

    /** Which stages translate. */
    enum Setup {
        NESTED,
        STAGE1,
        STAGE2,
        BYPASS
    }

    private final String label;
    private final Setup setup;
    private final Supplier<CachePolicy> policy;

    WalkCase(String label, Setup setup, Supplier<CachePolicy> policy) {
        this.label = label;
        this.setup = setup;
        this.policy = policy;
    }

    /** The name of the row. */
    public String label() {
        return label;
    }

    /** The case of that name. */
    public static Optional<WalkCase> named(String label) {
        return Arrays.stream(values()).filter(row -> row.label.equals(label)).findFirst();
    }

    Setup setup() {
        return setup;
    }

    Supplier<CachePolicy> policy() {
        return policy;
    }
}
