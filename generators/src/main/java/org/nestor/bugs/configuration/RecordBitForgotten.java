package org.nestor.bugs.configuration;

import java.util.Optional;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.transaction.Transaction;

/** Remembers a CD without CD.R, which so is 0 whenever the configuration is not fetched. */
public final class RecordBitForgotten extends CachingReader {
    private static final Field R = ContextDescriptor.LAYOUT.field("R");

    public RecordBitForgotten(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    @Override
    public Optional<Configuration> knownConfiguration(Transaction transaction) {
        return super.knownConfiguration(transaction).map(RecordBitForgotten::withoutRecord);
    }

    @Override
    public Optional<Configuration> knownContext(int streamId, int substreamId) {
        return super.knownContext(streamId, substreamId).map(RecordBitForgotten::withoutRecord);
    }

    private static Configuration withoutRecord(Configuration known) {
        return new Configuration(
                known.stream(),
                known.descriptor().map(cd -> new ContextDescriptor(cd.line().with(R, 0))),
                known.stage1(),
                known.refusal());
    }
}
