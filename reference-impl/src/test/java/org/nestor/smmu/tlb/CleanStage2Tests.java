package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Stage2Bits;

/** A stage 2 leaf that is remembered as writable-clean, with no combined entry that would serve in its place. */
class CleanStage2Tests {
    private static final long ADDRESS = 0x4040_5000L;
    private static final long IPA = 0x1000_0000L;
    private static final long OLD = 0x2000_0000L;
    private static final long NEW = 0x2000_1000L;
    private static final long CLEAN = Stage2Bits.READ_WRITE & ~Stage2Bits.s2ap(0b10) | Stage2Bits.DBM;
    private static final Transaction WRITE = Transaction.write(CacheRig.NESTED, ADDRESS);

    private final CacheRig rig = new CacheRig();

    @BeforeEach
    void rememberACleanPageThatMovesThen() {
        rig.policy.exclude(CacheKind.COMBINED_LEAF);
        rig.streams.put(CacheRig.NESTED, rig.nestedSte.s2ha(true).s2hd(true));
        rig.stage1.map(ADDRESS, IPA, 3, CacheRig.NON_GLOBAL);
        rig.stage2.map(IPA, OLD, 3, CLEAN);
        rig.physical(CacheRig.NESTED, ADDRESS);
        rig.stage2.map(IPA, NEW, 3, CLEAN);
    }

    @Test
    @Rule("C-TLB-05")
    void servesReads() {
        assertEquals(OLD, rig.physical(CacheRig.NESTED, ADDRESS));
        assertEquals(CLEAN | NEW | 3, rig.stage2.peek(IPA, 3));
    }

    @Test
    @Rule("C-TLB-05")
    void sendsAWriteToTheDescriptorWhichItMarksDirty() {
        rig.succeeds(WRITE);
        assertEquals(CLEAN | Stage2Bits.s2ap(0b10) | NEW | 3, rig.stage2.peek(IPA, 3));
        assertEquals(NEW, rig.physical(CacheRig.NESTED, ADDRESS));
    }

    @Test
    @Rule("C-TLB-05")
    void sendsAWriteToADescriptorThatMayBeInvalidByNow() {
        rig.stage2.poke(IPA, 3, 0);
        rig.fails(EventType.F_TRANSLATION, WRITE);
    }

    @Test
    @Rule("C-TLB-05")
    void servesWritesOnceItIsDirty() {
        rig.succeeds(WRITE);
        rig.stage2.poke(IPA, 3, 0);
        rig.succeeds(WRITE);
    }
}
