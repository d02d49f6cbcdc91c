package org.nestor.smmu.tlb;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.Transaction;

/**
 * Cached L1STDs, STEs, L1CDs and CDs, each by StreamID and SubstreamID, valid or not. What a fetch failed to read is never here
 * (C-CFG-03).
 */
final class ConfigurationCaches {

    private static final long NO_TAGS = 0;

    private final CachePolicy policy;
    private final ConfigurationInvalidationRules rules;
    private final RangeCache<Long> l1Streams;
    private final RangeCache<StreamConfiguration> streams;
    private final RangeCache<Long> l1Contexts;
    private final RangeCache<Configuration> contexts;

    ConfigurationCaches(CachePolicy policy, ConfigurationInvalidationRules rules) {
        this.policy = policy;
        this.rules = rules;
        this.l1Streams = new RangeCache<>(policy.capacity());
        this.streams = new RangeCache<>(policy.capacity());
        this.l1Contexts = new RangeCache<>(policy.capacity());
        this.contexts = new RangeCache<>(policy.capacity());
    }

    private static long keyOf(int streamId) {
        return Integer.toUnsignedLong(streamId);
    }

    private static long keyOf(int streamId, int substreamId) {
        return keyOf(streamId) << Transaction.SUBSTREAM_ID_BITS | substreamId;
    }

    private static int streamOf(long contextKey) {
        return (int) (contextKey >>> Transaction.SUBSTREAM_ID_BITS);
    }

    private static int substreamOf(long contextKey) {
        return (int) contextKey & (1 << Transaction.SUBSTREAM_ID_BITS) - 1;
    }

    @Rule("C-CFG-01")
    @Rule("C-CFG-02")
    Optional<StreamConfiguration> stream(int streamId) {
        return policy.consults(CacheKind.STE) ? streams.find(keyOf(streamId), NO_TAGS) : Optional.empty();
    }

    void learn(int streamId, StreamConfiguration configuration) {
        if (policy.admits(CacheKind.STE)) {
            streams.put(keyOf(streamId), 0, NO_TAGS, NO_TAGS, configuration);
        }
    }

    @Rule("C-CFG-01")
    @Rule("C-CFG-07")
    Optional<Configuration> context(int streamId, int substreamId) {
        return policy.consults(CacheKind.CD) ? contexts.find(keyOf(streamId, substreamId), NO_TAGS) : Optional.empty();
    }

    void learn(int streamId, int substreamId, Configuration configuration) {
        if (policy.admits(CacheKind.CD)) {
            contexts.put(keyOf(streamId, substreamId), 0, NO_TAGS, NO_TAGS, configuration);
        }
    }

    long l1Stream(int streamId, int split, LongSupplier memory) {
        return word(l1Streams, CacheKind.L1STD, keyOf(streamId), split, memory);
    }

    long l1Context(int streamId, int substreamId, int split, LongSupplier memory) {
        return word(l1Contexts, CacheKind.L1CD, keyOf(streamId, substreamId), split, memory);
    }

    private long word(RangeCache<Long> cache, CacheKind kind, long key, int split, LongSupplier memory) {
        if (policy.consults(kind)) {
            Optional<Long> known = cache.find(key, NO_TAGS);
            if (known.isPresent()) {
                return known.get();
            }
        }
        long word = memory.getAsLong();
        if (policy.admits(kind)) {
            cache.put(key, split, NO_TAGS, NO_TAGS, word);
        }
        return word;
    }

    /** A fetch of an STE that was overlooked may keep doublewords of the earlier one. */
    Line stream(int streamId, Supplier<Line> memory) {
        return mixed(
                streams.find(keyOf(streamId), NO_TAGS).map(known -> known.ste().line()), memory.get());
    }

    /** A fetch of a CD that was overlooked may keep doublewords of the earlier one. */
    Line context(int streamId, int substreamId, Supplier<Line> memory) {
        Optional<Line> known = contexts.find(keyOf(streamId, substreamId), NO_TAGS)
                .flatMap(Configuration::descriptor)
                .map(descriptor -> descriptor.line());
        return mixed(known, memory.get());
    }

    @Rule("C-CFG-04")
    private Line mixed(Optional<Line> earlier, Line fresh) {
        return earlier.map(old ->
                        Line.of(word -> policy.keepsDoubleword() ? old.doubleword(word) : fresh.doubleword(word)))
                .orElse(fresh);
    }

    @Rule("C-INV-03")
    @Rule("C-CMP-11")
    void invalidate(InvalidationCommand command) {
        streams.removeIf((key, shift, entry) -> rules.removesStream(command, (int) key));
        l1Streams.removeIf((key, shift, entry) -> rules.removesL1Stream(command, (int) key, shift));
        contexts.removeIf((key, shift, entry) -> rules.removesContext(command, streamOf(key), substreamOf(key)));
        l1Contexts.removeIf(
                (key, shift, entry) -> rules.removesL1Context(command, streamOf(key), substreamOf(key), shift));
    }
}
