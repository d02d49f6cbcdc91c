package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.CfgiCd;
import org.nestor.smmu.command.InvalidationCommand.CfgiCdAll;
import org.nestor.smmu.command.InvalidationCommand.CfgiSte;
import org.nestor.smmu.command.InvalidationCommand.CfgiSteRange;

/** L1STDs and L1CDs are remembered for the StreamIDs and SubstreamIDs below them until a command removes them. */
class L1DescriptorCacheTests {
    private static final int STREAM = 0x345;
    private static final int SUBSTREAM = 0x1C5;
    private static final int SPLIT = 6;
    private static final long OLD = 0x1007;
    private static final long NEW = 0x2007;

    private final ScriptedPolicy policy = new ScriptedPolicy();
    private final ConfigurationCaches caches = new ConfigurationCaches(
            policy, new ConfigurationInvalidationRules(), new RemovalNotes(RuleLog.NONE), RuleLog.NONE);

    @BeforeEach
    void bothAreCached() {
        assertEquals(OLD, caches.l1Stream(STREAM, SPLIT, () -> OLD));
        assertEquals(OLD, caches.l1Context(STREAM, SUBSTREAM, SPLIT, () -> OLD));
    }

    private long l1Stream() {
        return caches.l1Stream(STREAM, SPLIT, () -> NEW);
    }

    private long l1Context() {
        return caches.l1Context(STREAM, SUBSTREAM, SPLIT, () -> NEW);
    }

    private void expect(InvalidationCommand command, long l1Stream, long l1Context) {
        caches.invalidate(command);
        assertEquals(l1Stream, l1Stream());
        assertEquals(l1Context, l1Context());
    }

    @Test
    @Rule("C-CFG-01")
    void areServedFromTheCacheWhateverMemoryHolds() {
        assertEquals(OLD, l1Stream());
        assertEquals(OLD, l1Context());
    }

    @Test
    @Rule("C-CFG-01")
    void serveWhateverIsLocatedThroughThemAndNothingElse() {
        int last = (1 << SPLIT) - 1;
        assertEquals(OLD, caches.l1Stream(STREAM | last, SPLIT, () -> NEW));
        assertEquals(NEW, caches.l1Stream((STREAM | last) + 1, SPLIT, () -> NEW));
        assertEquals(OLD, caches.l1Context(STREAM, SUBSTREAM | last, SPLIT, () -> NEW));
        assertEquals(NEW, caches.l1Context(STREAM, (SUBSTREAM | last) + 1, SPLIT, () -> NEW));
        assertEquals(NEW, caches.l1Context(STREAM ^ 1, SUBSTREAM, SPLIT, () -> NEW));
    }

    @Test
    void anOverlookedOneIsReadAgainAndReplaced() {
        policy.overlook(CacheKind.L1STD);
        policy.overlook(CacheKind.L1CD);
        assertEquals(NEW, l1Stream());
        assertEquals(NEW, l1Context());
    }

    @Test
    @Rule("C-INV-03")
    void cfgiSteOfANeighbourRemovesTheL1StdUnlessLeafOnly() {
        int neighbour = STREAM ^ (1 << SPLIT) - 1;
        expect(new CfgiSte(neighbour, true), OLD, OLD);
        expect(new CfgiSte(neighbour, false), NEW, OLD);
    }

    @Test
    @Rule("C-INV-04")
    void cfgiSteRemovesTheL1CdsOfItsOwnStreamAlone() {
        expect(new CfgiSte(STREAM ^ 1 << SPLIT, false), OLD, OLD);
        expect(new CfgiSte(STREAM, true), OLD, NEW);
    }

    @Test
    @Rule("C-INV-03")
    void cfgiSteRangeRemovesBothOfItsGroup() {
        expect(new CfgiSteRange(STREAM ^ 1 << SPLIT + 1, SPLIT), OLD, OLD);
        expect(new CfgiSteRange(STREAM ^ 1 << SPLIT, SPLIT), NEW, NEW);
    }

    @Test
    @Rule("C-INV-03")
    void cfgiSteRangeWithinTheTableOfAnL1StdRemovesIt() {
        expect(new CfgiSteRange(STREAM ^ (1 << SPLIT) - 2, 0), NEW, OLD);
    }

    @Test
    @Rule("C-INV-03")
    void cfgiCdOfANeighbourRemovesTheL1CdUnlessLeafOnly() {
        int neighbour = SUBSTREAM ^ (1 << SPLIT) - 1;
        expect(new CfgiCd(STREAM, neighbour, true), OLD, OLD);
        expect(new CfgiCd(STREAM, SUBSTREAM ^ 1 << SPLIT, false), OLD, OLD);
        expect(new CfgiCd(STREAM ^ 1, neighbour, false), OLD, OLD);
        expect(new CfgiCd(STREAM, neighbour, false), OLD, NEW);
    }

    @Test
    @Rule("C-INV-03")
    void cfgiCdAllRemovesEveryL1CdOfItsStream() {
        expect(new CfgiCdAll(STREAM ^ 1), OLD, OLD);
        expect(new CfgiCdAll(STREAM), OLD, NEW);
    }
}
