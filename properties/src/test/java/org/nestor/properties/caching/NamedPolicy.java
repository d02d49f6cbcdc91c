package org.nestor.properties.caching;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;

/** A cache policy with the name that failures print. */
record NamedPolicy(String name, Supplier<CachePolicy> policies) {

    static final NamedPolicy NEVER = new NamedPolicy("never", CachePolicies::never);
    static final NamedPolicy INFINITE = new NamedPolicy("infinite", CachePolicies::infinite);

    static NamedPolicy lru(int capacity) {
        return new NamedPolicy("lru(" + capacity + ")", () -> CachePolicies.lru(capacity));
    }

    static NamedPolicy random(long seed) {
        return new NamedPolicy("random(" + seed + ")", () -> CachePolicies.random(seed));
    }

    static NamedPolicy prefetching(long seed) {
        return new NamedPolicy("prefetching(" + seed + ")", () -> CachePolicies.prefetching(seed));
    }

    /** The policies that do the same at every time, and so many of the others. */
    static List<NamedPolicy> all(long seeds) {
        return Stream.of(
                        Stream.of(NEVER, INFINITE, lru(1), lru(4)),
                        LongStream.range(0, seeds).mapToObj(NamedPolicy::random),
                        LongStream.range(0, seeds).mapToObj(NamedPolicy::prefetching))
                .flatMap(policies -> policies)
                .toList();
    }

    /** The reference with every feature, under this policy. */
    Smmu smmu(PhysicalMemory memory) {
        SmmuParts parts = new SmmuParts(new CachedTranslation(policies));
        return new Smmu(Profile.FULL.idRegisters(), memory, parts, RuleLog.NONE);
    }

    /** The same, with every translation watched. */
    Smmu smmu(PhysicalMemory memory, AllowedWatch watch) {
        SmmuParts parts = new SmmuParts(watch.watching(new CachedTranslation(policies)));
        return new Smmu(Profile.FULL.idRegisters(), memory, parts, RuleLog.NONE);
    }

    @Override
    public String toString() {
        return name;
    }
}
