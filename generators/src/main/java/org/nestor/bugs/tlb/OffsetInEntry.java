package org.nestor.bugs.tlb;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.TranslationOutcome;

/** Remembers with a translation the address of the access that it was made for, in place of the page. */
public final class OffsetInEntry extends CachingReader {
    private long address;

    public OffsetInEntry(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    @Override
    public void begin(Transaction transaction) {
        super.begin(transaction);
        address = transaction.address();
    }

    @Override
    public void learnStage1(Stage1Entry entry) {
        super.learnStage1(
                entry.output() instanceof TranslationOutcome.Translated page ? withOutput(entry, offset(page)) : entry);
    }

    private TranslationOutcome.Translated offset(TranslationOutcome.Translated page) {
        return new TranslationOutcome.Translated(page.physicalAddress(address), page.offsetMask(), page.attributes());
    }

    private static Stage1Entry withOutput(Stage1Entry entry, TranslationOutcome.Translated output) {
        return new Stage1Entry(
                entry.tag(),
                entry.leaf(),
                entry.stage2(),
                entry.inputBase(),
                entry.shift(),
                entry.rights(),
                entry.clean(),
                output);
    }
}
