package org.nestor.bugs.tlb;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Lookup;

/** Matches an address against the low 48 bits of an entry's address only, so that TT0 and TT1 share entries. */
public final class AliasedHalves extends CachingReader {
    private static final long UPPER_BITS = -1L << 48;

    public AliasedHalves(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    @Override
    public Stage1Lookup knownStage1(Stage1Regime regime, long inputAddress) {
        Stage1Lookup found = super.knownStage1(regime, inputAddress);
        return found instanceof Stage1Entry ? found : super.knownStage1(regime, inputAddress ^ UPPER_BITS);
    }
}
