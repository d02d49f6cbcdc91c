package org.nestor.smmu;

import java.util.function.Supplier;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachedTranslator;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationProcedure;

/**
 * The translation procedure of the reference, over caches that start empty. Whoever wants a decision of the caches taken differently
 * overrides the method that makes the part; decisions of the procedure are replaced in the {@link TranslationFactory}.
 */
public class CachedTranslation implements TranslationUnit.Factory {
    private final TranslationFactory translation;
    private final Supplier<CachePolicy> policies;

    /**
     * The reference under a policy.
     *
     * @param policies asked at each reset, so that a run after a reset repeats
     */
    public CachedTranslation(Supplier<CachePolicy> policies) {
        this(new TranslationFactory(), policies);
    }

    public CachedTranslation(TranslationFactory translation, Supplier<CachePolicy> policies) {
        this.translation = translation;
        this.policies = policies;
    }

    @Override
    public TranslationUnit create(IdRegisters ids, PhysicalMemory memory, RuleLog rules) {
        CachePolicy policy = policies.get();
        CachingReader reader = cachingReader(
                memory, policy, tlbTags(), invalidationRules(coveredRange()), configurationInvalidationRules(), rules);
        TranslationProcedure procedure = translation.assemble(ids, reader, rules);
        CachedTranslator translator = cachedTranslator(procedure, reader, policy);
        return new TranslationUnit(translator, translator);
    }

    protected CachingReader cachingReader(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        return new CachingReader(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    protected CachedTranslator cachedTranslator(
            TranslationProcedure procedure, CachingReader reader, CachePolicy policy) {
        return new CachedTranslator(procedure, reader, policy);
    }

    protected TlbTags tlbTags() {
        return new TlbTags();
    }

    protected CoveredRange coveredRange() {
        return new CoveredRange();
    }

    protected InvalidationRules invalidationRules(CoveredRange range) {
        return new InvalidationRules(range);
    }

    protected ConfigurationInvalidationRules configurationInvalidationRules() {
        return new ConfigurationInvalidationRules();
    }
}
