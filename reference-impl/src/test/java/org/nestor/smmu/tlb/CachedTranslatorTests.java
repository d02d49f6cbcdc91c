package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nestor.smmu.tlb.CacheRig.NON_GLOBAL;
import static org.nestor.smmu.tlb.CacheRig.STAGE_1;

import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.tables.LinearStreamTable;

/** Invalidations that wait, reading ahead, prefetches. */
class CachedTranslatorTests {
    private static final long ADDRESS = 0x4040_5000L;
    private static final long OLD = 0x1000_0000L;
    private static final long NEW = 0x2000_0000L;

    private final CacheRig rig = new CacheRig();

    private void map(long output) {
        rig.stage1.map(ADDRESS, output, 3, NON_GLOBAL);
    }

    private void remove() {
        rig.stage1.poke(ADDRESS, 3, 0);
    }

    @Test
    @Rule("C-CMP-01")
    @Rule("C-CMP-07")
    void deferredInvalidationWaitsForTheSync() {
        map(OLD);
        rig.physical(STAGE_1, ADDRESS);
        rig.policy.defer(true);
        remove();
        rig.invalidate(CacheRig.leaf(ADDRESS));
        assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        rig.translator.synchronise();
        rig.fails(EventType.F_TRANSLATION, STAGE_1, ADDRESS);
    }

    @Test
    @Rule("C-CMP-07")
    void invalidationThatIsNotDeferredTakesEffectAtOnce() {
        map(OLD);
        rig.physical(STAGE_1, ADDRESS);
        remove();
        rig.invalidate(CacheRig.leaf(ADDRESS));
        rig.fails(EventType.F_TRANSLATION, STAGE_1, ADDRESS);
    }

    @Test
    @Rule("C-CMP-01")
    @Rule("C-CMP-08")
    void everyInvalidationThatWaitsIsCompleteWithTheSync() {
        rig.stage1.mapPages(ADDRESS, OLD, 3, NON_GLOBAL);
        rig.policy.defer(true);
        for (long page = ADDRESS; page < ADDRESS + 3 * CacheRig.PAGE; page += CacheRig.PAGE) {
            rig.physical(STAGE_1, page);
            rig.stage1.poke(page, 3, 0);
            rig.invalidate(CacheRig.leaf(page));
        }
        rig.translator.synchronise();
        for (long page = ADDRESS; page < ADDRESS + 3 * CacheRig.PAGE; page += CacheRig.PAGE) {
            rig.fails(EventType.F_TRANSLATION, STAGE_1, page);
        }
    }

    @Test
    @Rule("C-CMP-02")
    @Rule("C-TLB-06")
    void whatIsReadAheadDuringTheSyncIsFresh() {
        map(OLD);
        rig.policy.speculate(1);
        rig.physical(STAGE_1, ADDRESS);
        rig.policy.defer(true);
        map(NEW);
        rig.complete(CacheRig.leaf(ADDRESS));
        remove();
        assertEquals(NEW, rig.physical(STAGE_1, ADDRESS));
    }

    @Test
    @Rule("A-WLK-11")
    @Rule("C-CFG-10")
    @Rule("C-TLB-06")
    void nothingIsReadAheadWhileTheSmmuIsDisabled() {
        map(OLD);
        rig.policy.speculate(1);
        rig.policy.defer(true);
        rig.physical(STAGE_1, ADDRESS);
        rig.enable(false);
        rig.memory.takeReads();
        rig.complete(CacheRig.leaf(ADDRESS));
        assertEquals(0, rig.memory.takeReads());
        rig.enable(true);
        rig.complete(CacheRig.leaf(ADDRESS));
        assertTrue(rig.memory.takeReads() > 0);
    }

    @Test
    @Rule("C-CFG-05")
    @Rule("C-TLB-06")
    void readingAheadNeverReadsBesideTheTables() {
        rig.policy.speculate(3);
        rig.fails(EventType.F_TRANSLATION, STAGE_1, ADDRESS);
        rig.fails(EventType.C_BAD_STREAMID, 16, ADDRESS);
        rig.fails(EventType.C_BAD_STE, 15, ADDRESS);
        rig.memory.takeReads();
        rig.fails(EventType.C_BAD_STREAMID, 16, ADDRESS);
        assertTrue(rig.memory.takeReads() <= 3, "only descriptors of the first stream are read again");
    }

    @Test
    @Rule("A-PRF-02")
    @Rule("C-TLB-06")
    void prefetchedTranslationIsUsed() {
        map(OLD);
        rig.translator.prefetchAddress(STAGE_1, 0, ADDRESS);
        remove();
        assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
    }

    @Test
    @Rule("A-PRF-01")
    @Rule("C-CFG-05")
    void prefetchedConfigurationIsUsed() {
        map(OLD);
        rig.translator.prefetchConfiguration(STAGE_1, 0);
        rig.streams.put(STAGE_1, rig.ste.v(false));
        assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
    }

    @Test
    @Rule("A-PRF-03")
    @Rule("C-CFG-10")
    void nothingIsPrefetchedWhileTheSmmuIsDisabled() {
        map(OLD);
        rig.enable(false);
        rig.memory.takeReads();
        rig.translator.prefetchAddress(STAGE_1, 0, ADDRESS);
        rig.translator.prefetchConfiguration(STAGE_1, 0);
        assertEquals(0, rig.memory.takeReads());
    }

    @Test
    @Rule("C-CFG-10")
    @Rule("C-TLB-10")
    void whatIsCachedOutlivesThatTheSmmuIsDisabled() {
        map(OLD);
        rig.physical(STAGE_1, ADDRESS);
        rig.enable(false);
        remove();
        rig.enable(true);
        assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
    }

    @Test
    @Rule("C-CFG-10")
    void maintenanceWhileTheSmmuIsDisabledIsFinal() {
        map(OLD);
        rig.physical(STAGE_1, ADDRESS);
        rig.enable(false);
        rig.complete(CacheRig.leaf(ADDRESS));
        map(NEW);
        rig.enable(true);
        assertEquals(NEW, rig.physical(STAGE_1, ADDRESS));
    }

    @Test
    @Rule("C-CFG-08")
    void entryOfAnEarlierStreamTableStaysUntilItIsInvalidated() {
        map(OLD);
        rig.physical(STAGE_1, ADDRESS);
        LinearStreamTable empty = new LinearStreamTable(rig.space, 4);
        rig.enable(false);
        rig.translator.configure(new GlobalConfiguration(true, empty.strtabBase(), empty.strtabBaseCfg(), 0, false));
        assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        rig.complete(new InvalidationCommand.CfgiSteRange(0, 31));
        rig.fails(EventType.C_BAD_STE, STAGE_1, ADDRESS);
    }

    @Test
    @Rule("C-CFG-04")
    void accessIsPutOutUnderTheSteThatItWasTranslatedUnder() {
        map(OLD);
        Transaction read = Transaction.read(STAGE_1, ADDRESS);
        rig.physical(STAGE_1, ADDRESS);
        rig.streams.put(STAGE_1, rig.ste.privcfg(3));
        rig.policy.overlook(CacheKind.STE);
        rig.physical(STAGE_1, ADDRESS);
        assertEquals(new OutputAccess(false, false), rig.translator.outputAccess(read));
        rig.policy.overlook(CacheKind.CONFIGURATION);
        rig.physical(STAGE_1, ADDRESS);
        assertEquals(new OutputAccess(true, false), rig.translator.outputAccess(read));
    }
}
