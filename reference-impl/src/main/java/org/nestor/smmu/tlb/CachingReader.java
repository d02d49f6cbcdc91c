package org.nestor.smmu.tlb;

import java.util.Optional;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Lookup;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;
import org.nestor.smmu.walk.UncachedReader;

/** A reader that remembers, as configuration caches and a TLB do, under a policy. */
public class CachingReader extends UncachedReader {
    private final CachePolicy policy;
    private final ConfigurationCaches configuration;
    private final Tlb tlb;
    private final RemovalNotes removals;
    private final RuleLog rules;

    public CachingReader(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory);
        this.policy = policy;
        this.rules = rules;
        this.removals = new RemovalNotes(rules);
        this.configuration = new ConfigurationCaches(policy, configurationInvalidation, removals, rules);
        this.tlb = new Tlb(policy, tags, invalidation, removals, rules);
    }

    RuleLog rules() {
        return rules;
    }

    /**
     * Removes everything that the command must remove, at once.
     *
     * @param vmidIgnoredBits number of low VMID bits that matching ignores, 0 to 4
     */
    public void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
        removals.begins();
        if (ConfigurationInvalidationRules.concerns(command)) {
            configuration.invalidate(command);
        } else {
            tlb.invalidate(command, vmidIgnoredBits);
        }
        removals.ends();
    }

    /** What is remembered now, for looking at. */
    public CacheContents contents() {
        CacheContents contents = CacheContents.empty();
        configuration.describe(contents);
        tlb.describe(contents);
        return contents;
    }

    @Override
    public int choose(RuleId rule, int alternatives) {
        return policy.pick(alternatives);
    }

    @Override
    public long l1StreamTableDescriptor(int streamId, int split, long address) {
        return configuration.l1Stream(streamId, split, () -> super.l1StreamTableDescriptor(streamId, split, address));
    }

    @Override
    public Line streamTableEntry(int streamId, long address) {
        return configuration.stream(streamId, address, () -> super.streamTableEntry(streamId, address));
    }

    @Override
    public long l1ContextDescriptor(int streamId, int substreamId, int split, long address) {
        return configuration.l1Context(
                streamId, substreamId, split, () -> super.l1ContextDescriptor(streamId, substreamId, split, address));
    }

    @Override
    public Line contextDescriptor(int streamId, int substreamId, long address) {
        return configuration.context(
                streamId, substreamId, address, () -> super.contextDescriptor(streamId, substreamId, address));
    }

    @Override
    public Optional<Configuration> knownConfiguration(Transaction transaction) {
        return configuration.merged(transaction);
    }

    @Override
    public void learnConfiguration(Transaction transaction, Configuration learned) {
        configuration.learn(transaction, learned);
    }

    @Override
    public Optional<StreamConfiguration> knownStream(int streamId) {
        return configuration.stream(streamId);
    }

    @Override
    public void learnStream(int streamId, StreamConfiguration stream) {
        configuration.learn(streamId, stream);
    }

    @Override
    public Optional<Configuration> knownContext(int streamId, int substreamId) {
        return configuration.context(streamId, substreamId);
    }

    @Override
    public void learnContext(int streamId, int substreamId, Configuration context) {
        configuration.learn(streamId, substreamId, context);
    }

    @Override
    public Stage1Lookup knownStage1(Stage1Regime regime, long inputAddress) {
        return tlb.stage1(regime.tag(), inputAddress);
    }

    @Override
    public void learnStage1(Stage1Entry entry) {
        tlb.learn(entry);
    }

    @Override
    public Optional<Stage1Pointer> knownStage1Pointer(Stage1Regime regime, long inputAddress) {
        return tlb.stage1Pointer(regime.tag(), inputAddress);
    }

    @Override
    public void learnStage1Pointer(Stage1Pointer pointer) {
        tlb.learn(pointer);
    }

    @Override
    public Optional<Stage2Leaf> knownStage2(Stage2Regime regime, long ipa) {
        return tlb.stage2(regime, ipa);
    }

    @Override
    public void learnStage2(Stage2Regime regime, Stage2Leaf leaf) {
        tlb.learn(regime, leaf);
    }

    @Override
    public Optional<Stage2Pointer> knownStage2Pointer(Stage2Regime regime, long ipa) {
        return tlb.stage2Pointer(regime, ipa);
    }

    @Override
    public void learnStage2Pointer(Stage2Regime regime, Stage2Pointer pointer) {
        tlb.learn(regime, pointer);
    }
}
