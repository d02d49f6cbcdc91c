package org.nestor.bugs.tlb;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;

/** Remembers with a combined translation only what both stages grant together, and takes that for the rights of stage 1. */
public final class BlendedRights extends CachingReader {

    public BlendedRights(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    @Override
    public void learnStage1(Stage1Entry entry) {
        super.learnStage1(entry.isCombined() ? blended(entry) : entry);
    }

    private static Stage1Entry blended(Stage1Entry entry) {
        Stage1Leaf leaf = entry.leaf();
        Stage1Leaf restricted = new Stage1Leaf(
                leaf.inputBase(),
                leaf.shift(),
                leaf.level(),
                leaf.outputBase(),
                entry.rights(),
                leaf.attributes(),
                leaf.global(),
                leaf.clean());
        return new Stage1Entry(
                entry.tag(),
                restricted,
                entry.stage2(),
                entry.inputBase(),
                entry.shift(),
                entry.rights(),
                entry.clean(),
                entry.output());
    }
}
