package org.nestor.properties.spec;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachedTranslator;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.tables.LinearStreamTable;

/**
 * Translation over caches, without registers and queues.
 *
 * @param reader what is cached
 * @param translator what transactions and commands go to
 */
record CachedSmmu(CachingReader reader, CachedTranslator translator) {

    static CachedSmmu of(
            PhysicalMemory memory, LinearStreamTable streams, CachePolicy policy, InvalidationRules rules) {
        IdRegisters id = Profile.FULL.idRegisters();
        CachingReader reader = new CachingReader(
                memory, policy, new TlbTags(), rules, new ConfigurationInvalidationRules(), RuleLog.NONE);
        CachedTranslator translator =
                new CachedTranslator(new TranslationFactory().assemble(id, reader, RuleLog.NONE), reader, policy);
        translator.configure(new GlobalConfiguration(true, streams.strtabBase(), streams.strtabBaseCfg(), 0, false));
        return new CachedSmmu(reader, translator);
    }

    /** A policy of each kind, in turn. */
    static CachePolicy policy(int seed) {
        return switch (seed % 6) {
            case 0 -> CachePolicies.never();
            case 1 -> CachePolicies.infinite();
            case 2 -> CachePolicies.lru(2);
            case 3 -> CachePolicies.prefetching(seed);
            default -> CachePolicies.random(seed);
        };
    }
}
