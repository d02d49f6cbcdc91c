package org.nestor.smmu.tlb;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
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
    private static final RuleId MAY_BE_CACHED = RuleId.of("C-CFG-01");
    private static final RuleId EVEN_IF_REFUSED = RuleId.of("C-CFG-02");
    private static final RuleId WORD_BY_WORD = RuleId.of("C-CFG-04");
    private static final RuleId AS_ONE = RuleId.of("C-CFG-06");
    private static final RuleId CD_OUTLIVES_ITS_PAGE = RuleId.of("C-CFG-07");

    private static final long NO_TAGS = 0;
    private static final long SSV = 1L << Transaction.SUBSTREAM_ID_BITS;

    private final CachePolicy policy;
    private final ConfigurationInvalidationRules invalidation;
    private final RemovalNotes removals;
    private final RuleLog rules;
    private final RangeCache<Optional<Long>> l1Streams;
    private final RangeCache<Optional<Fetched<StreamConfiguration>>> streams;
    private final RangeCache<Optional<Long>> l1Contexts;
    private final RangeCache<Optional<Fetched<Configuration>>> contexts;
    private final RangeCache<Optional<Configuration>> merged;

    private long streamAddress;
    private long contextAddress;

    /** What was made of a structure, and where the structure was. */
    private record Fetched<T>(T configuration, long address) {}

    ConfigurationCaches(
            CachePolicy policy, ConfigurationInvalidationRules invalidation, RemovalNotes removals, RuleLog rules) {
        this.policy = policy;
        this.invalidation = invalidation;
        this.removals = removals;
        this.rules = rules;
        this.l1Streams = new RangeCache<>(policy.capacity(), Optional.empty());
        this.streams = new RangeCache<>(policy.capacity(), Optional.empty());
        this.l1Contexts = new RangeCache<>(policy.capacity(), Optional.empty());
        this.merged = new RangeCache<>(policy.capacity(), Optional.empty());
        this.contexts = new RangeCache<>(policy.capacity(), Optional.empty());
    }

    private static long keyOf(int streamId) {
        return Integer.toUnsignedLong(streamId);
    }

    private static long keyOf(int streamId, int substreamId) {
        return keyOf(streamId) << Transaction.SUBSTREAM_ID_BITS | substreamId;
    }

    private static long keyOf(Transaction transaction) {
        long substream = transaction.ssv() ? SSV | transaction.substreamId() : 0;
        return keyOf(transaction.streamId()) << Transaction.SUBSTREAM_ID_BITS + 1 | substream;
    }

    private static int streamOf(long contextKey) {
        return (int) (contextKey >>> Transaction.SUBSTREAM_ID_BITS);
    }

    private static int substreamOf(long contextKey) {
        return (int) contextKey & (1 << Transaction.SUBSTREAM_ID_BITS) - 1;
    }

    /** STE and CD of a transaction as one entry, which goes with either. */
    @Rule("C-CFG-06")
    Optional<Configuration> merged(Transaction transaction) {
        return policy.consults(CacheKind.CONFIGURATION)
                ? cached(merged.find(keyOf(transaction), NO_TAGS), AS_ONE)
                : Optional.empty();
    }

    void learn(Transaction transaction, Configuration configuration) {
        if (policy.admits(CacheKind.CONFIGURATION)) {
            merged.put(keyOf(transaction), 0, NO_TAGS, NO_TAGS, Optional.of(configuration));
        }
    }

    @Rule("C-CFG-01")
    @Rule("C-CFG-02")
    Optional<StreamConfiguration> stream(int streamId) {
        if (!policy.consults(CacheKind.STE)) {
            return Optional.empty();
        }
        Optional<StreamConfiguration> found =
                cached(streams.find(keyOf(streamId), NO_TAGS).map(Fetched::configuration), MAY_BE_CACHED);
        rules.followed(
                EVEN_IF_REFUSED, found.isPresent() && found.get().refusal().isPresent());
        return found;
    }

    /** An entry serves its own StreamID only, whatever STE.CONT says. */
    @Rule("C-CFG-09")
    void learn(int streamId, StreamConfiguration configuration) {
        if (policy.admits(CacheKind.STE)) {
            Fetched<StreamConfiguration> fetched = new Fetched<>(configuration, streamAddress);
            streams.put(keyOf(streamId), 0, NO_TAGS, NO_TAGS, Optional.of(fetched));
        }
    }

    @Rule("C-CFG-01")
    @Rule("C-CFG-07")
    Optional<Configuration> context(int streamId, int substreamId) {
        if (!policy.consults(CacheKind.CD)) {
            return Optional.empty();
        }
        Optional<Configuration> found =
                cached(contexts.find(keyOf(streamId, substreamId), NO_TAGS).map(Fetched::configuration), MAY_BE_CACHED);
        rules.followed(
                CD_OUTLIVES_ITS_PAGE,
                found.isPresent() && found.get().stream().stage2().isPresent());
        return found;
    }

    private <T> Optional<T> cached(Optional<T> found, RuleId rule) {
        rules.followed(rule, found.isPresent());
        return found;
    }

    void learn(int streamId, int substreamId, Configuration configuration) {
        if (policy.admits(CacheKind.CD)) {
            Fetched<Configuration> fetched = new Fetched<>(configuration, contextAddress);
            contexts.put(keyOf(streamId, substreamId), 0, NO_TAGS, NO_TAGS, Optional.of(fetched));
        }
    }

    long l1Stream(int streamId, int split, LongSupplier memory) {
        return word(l1Streams, CacheKind.L1STD, keyOf(streamId), split, memory);
    }

    long l1Context(int streamId, int substreamId, int split, LongSupplier memory) {
        return word(l1Contexts, CacheKind.L1CD, keyOf(streamId, substreamId), split, memory);
    }

    private long word(RangeCache<Optional<Long>> cache, CacheKind kind, long key, int split, LongSupplier memory) {
        if (policy.consults(kind)) {
            Optional<Long> known = cache.find(key, NO_TAGS);
            if (known.isPresent()) {
                return known.get();
            }
        }
        long word = memory.getAsLong();
        if (policy.admits(kind)) {
            cache.put(key, split, NO_TAGS, NO_TAGS, Optional.of(word));
        }
        return word;
    }

    /** A fetch of an STE that was overlooked may keep doublewords of the earlier one. */
    Line stream(int streamId, long address, Supplier<Line> memory) {
        streamAddress = address;
        Optional<Line> known = streams.find(keyOf(streamId), NO_TAGS)
                .filter(fetched -> fetched.address() == address)
                .map(fetched -> fetched.configuration().ste().line());
        return mixed(known, memory.get());
    }

    /** A fetch of a CD that was overlooked may keep doublewords of the earlier one. */
    Line context(int streamId, int substreamId, long address, Supplier<Line> memory) {
        contextAddress = address;
        Optional<Line> known = contexts.find(keyOf(streamId, substreamId), NO_TAGS)
                .filter(fetched -> fetched.address() == address)
                .flatMap(fetched -> fetched.configuration().descriptor())
                .map(descriptor -> descriptor.line());
        return mixed(known, memory.get());
    }

    /** A structure that is found elsewhere by now is another one, of which nothing is mixed with it. */
    @Rule("C-CFG-04")
    private Line mixed(Optional<Line> earlier, Line fresh) {
        if (earlier.isEmpty()) {
            return fresh;
        }
        Line old = earlier.get();
        Line both = Line.of(word -> policy.keepsDoubleword() ? old.doubleword(word) : fresh.doubleword(word));
        rules.followed(WORD_BY_WORD, !both.equals(old) && !both.equals(fresh));
        return both;
    }

    /** Adds what is held to a view of it. */
    void describe(CacheContents contents) {
        streams.forEach(stream -> contents.streams().add(stream.orElseThrow().configuration()));
        contexts.forEach(
                context -> contents.contexts().add(context.orElseThrow().configuration()));
        merged.forEach(both -> {
            contents.streams().add(both.orElseThrow().stream());
            contents.contexts().add(both.orElseThrow());
        });
    }

    @Rule("C-CFG-06")
    @Rule("C-INV-03")
    @Rule("C-CMP-11")
    void invalidate(InvalidationCommand command) {
        removals.kindsApart();
        streams.removeIf((key, shift, entry) -> removals.counted(invalidation.removesStream(command, (int) key)));
        l1Streams.removeIf(
                (key, shift, entry) -> removals.counted(invalidation.removesL1Stream(command, (int) key, shift)));
        merged.removeIf((key, shift, entry) -> removals.merged(invalidation.removesStream(command, streamOf(key >>> 1))
                || invalidation.removesContext(command, streamOf(key >>> 1), substreamOf(key))));
        contexts.removeIf((key, shift, entry) ->
                removals.context(command, invalidation.removesContext(command, streamOf(key), substreamOf(key))));
        l1Contexts.removeIf((key, shift, entry) ->
                removals.counted(invalidation.removesL1Context(command, streamOf(key), substreamOf(key), shift)));
    }
}
