package org.nestor.properties.spec;

import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.tlb.CacheContents;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;

/** The caches of an SMMU, with a look at what they hold. */
final class ObservedCaches extends CachedTranslation {
    private Optional<CachingReader> reader = Optional.empty();

    ObservedCaches(Supplier<CachePolicy> policies) {
        super(policies);
    }

    @Override
    protected CachingReader cachingReader(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        CachingReader made = super.cachingReader(memory, policy, tags, invalidation, configurationInvalidation, rules);
        reader = Optional.of(made);
        return made;
    }

    CacheContents contents() {
        return reader.orElseThrow().contents();
    }
}
