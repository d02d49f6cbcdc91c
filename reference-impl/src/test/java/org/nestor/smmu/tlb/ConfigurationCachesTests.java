package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.CfgiCd;
import org.nestor.smmu.command.InvalidationCommand.CfgiCdAll;
import org.nestor.smmu.command.InvalidationCommand.CfgiSte;
import org.nestor.smmu.command.InvalidationCommand.CfgiSteRange;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.transaction.Transaction;

/** STEs, CDs and the two merged: whom each serves, which commands remove it, and how a fetch may mix with an earlier one. */
class ConfigurationCachesTests {
    /** The widest identifiers, which in a key lie side by side. */
    private static final int STREAM = 0x8000_0345;

    private static final int NEIGHBOUR = STREAM ^ 1;
    private static final int SUBSTREAM = 0xABCDE;
    private static final long ADDRESS = 0x1000;
    private static final Line OLD = Line.of(word -> 0x10 + word);
    private static final Line NEW = Line.of(word -> 0x20 + word);
    private static final Line FIRST_AND_LAST_OLD = new Line(0x10, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x17);
    private static final int FIRST_AND_LAST = 0x81;

    private final ScriptedPolicy policy = new ScriptedPolicy();
    private final ConfigurationCaches caches = new ConfigurationCaches(
            policy, new ConfigurationInvalidationRules(), new RemovalNotes(RuleLog.NONE), RuleLog.NONE);

    private static StreamConfiguration stream(Line ste) {
        return new StreamConfiguration(
                new StreamTableEntry(ste), StreamWorld.NS_EL1, Optional.empty(), Optional.empty());
    }

    private static Configuration context(Line ste, Line cd) {
        return new Configuration(
                stream(ste), Optional.of(new ContextDescriptor(cd)), Optional.empty(), Optional.empty());
    }

    /** A configuration that no other number gives. */
    private static Configuration context(int number) {
        return context(Line.ZERO, Line.ZERO.with(0, number));
    }

    private static Transaction read(int streamId) {
        return Transaction.read(streamId, 0);
    }

    private static final List<Transaction> TRANSACTIONS = List.of(
            read(STREAM),
            read(STREAM).withSubstream(0),
            read(STREAM).withSubstream(SUBSTREAM),
            read(NEIGHBOUR),
            read(NEIGHBOUR).withSubstream(SUBSTREAM));

    private void learnMerged() {
        TRANSACTIONS.forEach(transaction -> caches.learn(transaction, context(TRANSACTIONS.indexOf(transaction))));
    }

    @Test
    @Rule("C-CFG-06")
    void mergedConfigurationServesItsSubstreamAndTrafficWithoutOneApart() {
        learnMerged();
        TRANSACTIONS.forEach(transaction ->
                assertEquals(Optional.of(context(TRANSACTIONS.indexOf(transaction))), caches.merged(transaction)));
        assertEquals(Optional.empty(), caches.merged(read(STREAM).withSubstream(SUBSTREAM ^ 1)));
        assertEquals(Optional.empty(), caches.merged(read(NEIGHBOUR).withSubstream(0)));
    }

    /**
     * In each row, 1 for what goes and a dot for what stays: merged configurations of the stream without SubstreamID, with SubstreamID
     * 0 and with 0xABCDE, and of its neighbour without and with 0xABCDE; CDs of the stream, 0 and 0xABCDE, and of its neighbour,
     * 0xABCDE; STEs of the two. Traffic without SubstreamID may have used CD 0. Shifted StreamIDs are what one reads who takes the
     * wrong bits of a key for the StreamID.
     */
    static Stream<Arguments> table() {
        return Stream.of(
                arguments(new CfgiSte(STREAM, true), "111.. 11. 1."),
                arguments(new CfgiSte(NEIGHBOUR, true), "...11 ..1 .1"),
                arguments(new CfgiSte(STREAM ^ 2, true), "..... ... .."),
                arguments(new CfgiSte(STREAM & Integer.MAX_VALUE, true), "..... ... .."),
                arguments(new CfgiSte(STREAM << 1, true), "..... ... .."),
                arguments(new CfgiSte(STREAM << 2, true), "..... ... .."),
                arguments(new CfgiSteRange(STREAM, 0), "11111 111 11"),
                arguments(new CfgiSteRange(STREAM ^ 2, 0), "..... ... .."),
                arguments(new CfgiCd(STREAM, SUBSTREAM, true), "..1.. .1. .."),
                arguments(new CfgiCd(STREAM, 0, true), "11... 1.. .."),
                arguments(new CfgiCd(STREAM, SUBSTREAM ^ 1, true), "..... ... .."),
                arguments(new CfgiCd(NEIGHBOUR, SUBSTREAM, true), "....1 ..1 .."),
                arguments(new CfgiCdAll(STREAM), "111.. 11. .."),
                arguments(new CfgiCdAll(NEIGHBOUR), "...11 ..1 .."),
                arguments(new CfgiCdAll(STREAM ^ 2), "..... ... .."));
    }

    @ParameterizedTest
    @MethodSource("table")
    @Rule("C-CFG-06")
    @Rule("C-INV-03")
    @Rule("C-INV-04")
    void commandRemovesTheConfigurationThatItNamesAndNoOther(InvalidationCommand command, String expected) {
        learnMerged();
        caches.learn(STREAM, 0, context(0));
        caches.learn(STREAM, SUBSTREAM, context(0));
        caches.learn(NEIGHBOUR, SUBSTREAM, context(0));
        caches.learn(STREAM, stream(OLD));
        caches.learn(NEIGHBOUR, stream(OLD));

        caches.invalidate(command);

        StringBuilder removed = new StringBuilder();
        TRANSACTIONS.forEach(transaction -> removed.append(mark(caches.merged(transaction))));
        removed.append(' ')
                .append(mark(caches.context(STREAM, 0)))
                .append(mark(caches.context(STREAM, SUBSTREAM)))
                .append(mark(caches.context(NEIGHBOUR, SUBSTREAM)))
                .append(' ')
                .append(mark(caches.stream(STREAM)))
                .append(mark(caches.stream(NEIGHBOUR)));
        assertEquals(expected, removed.toString());
    }

    private static char mark(Optional<?> held) {
        return held.isPresent() ? '.' : '1';
    }

    @Test
    @Rule("C-CFG-04")
    void steThatIsFetchedAgainMayKeepDoublewordsOfTheEarlierFetch() {
        assertEquals(OLD, caches.stream(STREAM, ADDRESS, () -> OLD));
        caches.learn(STREAM, stream(OLD));
        policy.keepDoublewords(FIRST_AND_LAST);
        assertEquals(FIRST_AND_LAST_OLD, caches.stream(STREAM, ADDRESS, () -> NEW));
        assertEquals(NEW, caches.stream(NEIGHBOUR, ADDRESS, () -> NEW));
    }

    @Test
    @Rule("C-CFG-04")
    void cdThatIsFetchedAgainMayKeepDoublewordsOfTheEarlierFetch() {
        assertEquals(OLD, caches.context(STREAM, SUBSTREAM, ADDRESS, () -> OLD));
        caches.learn(STREAM, SUBSTREAM, context(Line.ZERO, OLD));
        policy.keepDoublewords(FIRST_AND_LAST);
        assertEquals(FIRST_AND_LAST_OLD, caches.context(STREAM, SUBSTREAM, ADDRESS, () -> NEW));
        assertEquals(NEW, caches.context(STREAM, SUBSTREAM ^ 1, ADDRESS, () -> NEW));
    }

    /** As after a change of STRTAB_BASE or S1ContextPtr. */
    @Test
    @Rule("C-CFG-04")
    void structureThatHasMovedKeepsNothingOfTheOneBefore() {
        caches.stream(STREAM, ADDRESS, () -> OLD);
        caches.learn(STREAM, stream(OLD));
        caches.context(STREAM, SUBSTREAM, ADDRESS, () -> OLD);
        caches.learn(STREAM, SUBSTREAM, context(Line.ZERO, OLD));
        policy.keepDoublewords(FIRST_AND_LAST);
        assertEquals(NEW, caches.stream(STREAM, ADDRESS + Line.BYTES, () -> NEW));
        assertEquals(NEW, caches.context(STREAM, SUBSTREAM, ADDRESS + Line.BYTES, () -> NEW));
    }

    @Test
    void contentsAreStesAndCdsWithBothOfEachMergedEntry() {
        Configuration merged = context(NEW, NEW);
        caches.learn(STREAM, stream(OLD));
        caches.learn(STREAM, SUBSTREAM, context(Line.ZERO, OLD));
        caches.learn(read(NEIGHBOUR), merged);
        CacheContents contents = CacheContents.empty();
        caches.describe(contents);
        assertEquals(Set.of(stream(OLD), stream(NEW)), Set.copyOf(contents.streams()));
        assertEquals(Set.of(context(Line.ZERO, OLD), merged), Set.copyOf(contents.contexts()));
    }
}
