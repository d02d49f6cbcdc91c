package org.nestor.bugs;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.nestor.bugs.tlb.LateReader;
import org.nestor.bugs.tlb.WalkAcrossSync;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachedTranslator;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.walk.TranslationProcedure;

/** Assemblies in which one part of the caches is replaced, by what makes the part. */
final class ReplacedCache {

    private ReplacedCache() {}

    interface ReaderMaker {
        CachingReader make(
                PhysicalMemory memory,
                CachePolicy policy,
                TlbTags tags,
                InvalidationRules invalidation,
                ConfigurationInvalidationRules configurationInvalidation,
                RuleLog rules);
    }

    static SeededBug.Assembly reader(ReaderMaker maker) {
        return policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            protected CachingReader cachingReader(
                    PhysicalMemory memory,
                    CachePolicy policy,
                    TlbTags tags,
                    InvalidationRules invalidation,
                    ConfigurationInvalidationRules configurationInvalidation,
                    RuleLog rules) {
                return maker.make(memory, policy, tags, invalidation, configurationInvalidation, rules);
            }
        });
    }

    static SeededBug.Assembly coveredRange(Supplier<CoveredRange> maker) {
        return policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            protected CoveredRange coveredRange() {
                return maker.get();
            }
        });
    }

    static SeededBug.Assembly invalidationRules(Function<CoveredRange, InvalidationRules> maker) {
        return policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            protected InvalidationRules invalidationRules(CoveredRange range) {
                return maker.apply(range);
            }
        });
    }

    static SeededBug.Assembly configurationInvalidationRules(Supplier<ConfigurationInvalidationRules> maker) {
        return policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            protected ConfigurationInvalidationRules configurationInvalidationRules() {
                return maker.get();
            }
        });
    }

    /** The SMMU in which something sits in front of the translation procedure and its caches. */
    static SeededBug.Assembly unit(UnaryOperator<TranslationUnit> front) {
        return policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            public TranslationUnit create(IdRegisters ids, PhysicalMemory memory, RuleLog rules) {
                return front.apply(super.create(ids, memory, rules));
            }
        });
    }

    /** Two parts that only together let a walk outlast a CMD_SYNC: the reader holds back what the translator lets go. */
    static SeededBug.Assembly walkAcrossSync() {
        return policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            protected LateReader cachingReader(
                    PhysicalMemory memory,
                    CachePolicy policy,
                    TlbTags tags,
                    InvalidationRules invalidation,
                    ConfigurationInvalidationRules configurationInvalidation,
                    RuleLog rules) {
                return new LateReader(memory, policy, tags, invalidation, configurationInvalidation, rules);
            }

            @Override
            protected CachedTranslator cachedTranslator(
                    TranslationProcedure procedure, CachingReader reader, CachePolicy policy) {
                return new WalkAcrossSync(procedure, (LateReader) reader, policy);
            }
        });
    }
}
