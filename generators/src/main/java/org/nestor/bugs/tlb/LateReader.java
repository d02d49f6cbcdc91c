package org.nestor.bugs.tlb;

import java.util.ArrayList;
import java.util.List;
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

/** A reader whose walks ahead of need may end late: what they found is held back until it is told to {@link #land()}. */
public final class LateReader extends CachingReader {
    private final List<Stage1Entry> late = new ArrayList<>();
    private boolean ahead;

    public LateReader(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    /** Has a walk read what it reads now, and holds back what it finds, in place of what an earlier one found. */
    void readAhead(Runnable walk) {
        late.clear();
        ahead = true;
        walk.run();
        ahead = false;
    }

    /** The walk that was started last fills the TLB. */
    void land() {
        late.forEach(super::learnStage1);
        late.clear();
    }

    @Override
    public Stage1Lookup knownStage1(Stage1Regime regime, long inputAddress) {
        return ahead ? Stage1Lookup.Unknown.UNKNOWN : super.knownStage1(regime, inputAddress);
    }

    @Override
    public void learnStage1(Stage1Entry entry) {
        if (ahead) {
            late.add(entry);
        } else {
            super.learnStage1(entry);
        }
    }
}
