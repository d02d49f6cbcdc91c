package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nestor.smmu.tlb.CacheRig.ASID;
import static org.nestor.smmu.tlb.CacheRig.NESTED;
import static org.nestor.smmu.tlb.CacheRig.NESTED_VMID;
import static org.nestor.smmu.tlb.CacheRig.NON_GLOBAL;
import static org.nestor.smmu.tlb.CacheRig.PAGE;
import static org.nestor.smmu.tlb.CacheRig.STAGE_1;
import static org.nestor.smmu.tlb.CacheRig.VMID;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;

/** What is remembered, in which form, and what is not. Memory is changed behind the caches, which keep everything they may. */
class CachingReaderTests {
    private static final long ADDRESS = 0x4040_5000L;
    private static final long BLOCK = 0x4040_0000L;
    private static final long OLD = 0x1000_0000L;
    private static final long NEW = 0x2000_0000L;

    private final CacheRig rig = new CacheRig();

    private void map(long output, long attributes) {
        rig.stage1.map(ADDRESS, output, 3, attributes);
    }

    @Nested
    class Configuration {

        @Test
        @Rule("C-CFG-03")
        void abortedFetchOfAnSteIsNotRemembered() {
            map(OLD, NON_GLOBAL);
            rig.memory.abortPageOf(rig.streams.steAddress(STAGE_1));
            rig.fails(EventType.F_STE_FETCH, STAGE_1, ADDRESS);
            rig.memory.abortNothing();
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-CFG-03")
        void abortedFetchOfACdIsNotRemembered() {
            map(OLD, NON_GLOBAL);
            rig.memory.abortPageOf(rig.contexts.cdAddress(0));
            rig.fails(EventType.F_CD_FETCH, STAGE_1, ADDRESS);
            rig.memory.abortNothing();
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-CFG-03")
        @Rule("C-TLB-02")
        void cdBehindAnInvalidStage2PageIsNotRemembered() {
            map(OLD, NON_GLOBAL);
            rig.stage2.map(OLD, OLD, 3, Stage2Bits.READ_WRITE);
            long leaf = rig.stage2.peek(rig.contexts.cdAddress(0), 3);
            rig.stage2.poke(rig.contexts.cdAddress(0), 3, 0);
            rig.fails(EventType.F_TRANSLATION, NESTED, ADDRESS);
            rig.stage2.poke(rig.contexts.cdAddress(0), 3, leaf);
            assertEquals(OLD, rig.physical(NESTED, ADDRESS));
        }

        @Test
        @Rule("C-CFG-02")
        void illegalCdIsRemembered() {
            map(OLD, NON_GLOBAL);
            rig.contexts.put(0, rig.cd.v(false));
            rig.fails(EventType.C_BAD_CD, STAGE_1, ADDRESS);
            rig.contexts.put(0, rig.cd);
            rig.fails(EventType.C_BAD_CD, STAGE_1, ADDRESS);
            rig.complete(new InvalidationCommand.CfgiCd(STAGE_1, 0, true));
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        /** The other VMID has no entry for the page, which has moved. */
        @Test
        @Rule("C-CFG-01")
        @Rule("C-CFG-06")
        void cdThatIsRememberedIsJudgedUnderTheSteInForce() {
            map(OLD, NON_GLOBAL);
            rig.physical(STAGE_1, ADDRESS);
            map(NEW, NON_GLOBAL);
            rig.streams.put(STAGE_1, rig.ste.s2vmid(VMID + 8));
            rig.contexts.put(0, rig.cd.v(false));
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
            rig.policy.overlook(CacheKind.CONFIGURATION);
            rig.policy.overlook(CacheKind.STE);
            assertEquals(NEW, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-CFG-06")
        @Rule("C-INV-03")
        void tlbiLeavesConfigurationAndCfgiLeavesTranslations() {
            map(OLD, NON_GLOBAL);
            rig.physical(STAGE_1, ADDRESS);
            map(NEW, NON_GLOBAL);
            rig.complete(new InvalidationCommand.CfgiSteRange(0, 31));
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
            rig.streams.put(STAGE_1, rig.ste.v(false));
            rig.complete(new InvalidationCommand.TlbiNsnhAll());
            assertEquals(NEW, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-CFG-09")
        void steWithContServesItsOwnStreamOnly() {
            map(OLD, NON_GLOBAL);
            rig.streams.put(2, rig.ste.with("CONT", 1));
            rig.streams.put(3, rig.ste.with("CONT", 1).config(0b100));
            assertEquals(OLD, rig.physical(2, ADDRESS));
            assertEquals(ADDRESS, rig.physical(3, ADDRESS));
        }
    }

    @Nested
    class Descriptors {

        @Test
        @Rule("C-TLB-02")
        void invalidDescriptorIsNotRemembered() {
            rig.fails(EventType.F_TRANSLATION, STAGE_1, ADDRESS);
            map(OLD, NON_GLOBAL);
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-TLB-02")
        void descriptorWithoutAccessFlagIsNotRemembered() {
            map(OLD, NON_GLOBAL & ~Stage1Bits.AF);
            rig.fails(EventType.F_ACCESS, STAGE_1, ADDRESS);
            map(OLD, NON_GLOBAL);
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-TLB-02")
        void descriptorBeyondTheOutputRangeIsNotRemembered() {
            rig.contexts.put(0, rig.cd.ips(0));
            map(1L << 40, NON_GLOBAL);
            rig.fails(EventType.F_ADDR_SIZE, STAGE_1, ADDRESS);
            map(OLD, NON_GLOBAL);
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-TLB-02")
        void abortedReadOfADescriptorIsNotRemembered() {
            map(OLD, NON_GLOBAL);
            rig.memory.abortPageOf(rig.stage1.descriptorAddress(ADDRESS, 3));
            rig.fails(EventType.F_WALK_EABT, STAGE_1, ADDRESS);
            rig.memory.abortNothing();
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-TLB-04")
        void descriptorWithoutAccessFlagIsRememberedWhereItDoesNotFault() {
            rig.contexts.put(0, rig.cd.affd(true));
            map(OLD, NON_GLOBAL & ~Stage1Bits.AF);
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
            rig.contexts.put(0, rig.cd);
            rig.complete(new InvalidationCommand.CfgiCd(STAGE_1, 0, true));
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
        }

        @Test
        @Rule("C-TLB-04")
        void descriptorThatHardwareMarkedAccessedIsRememberedSo() {
            rig.contexts.put(0, rig.cd.ha(true));
            map(OLD, NON_GLOBAL & ~Stage1Bits.AF);
            rig.physical(STAGE_1, ADDRESS);
            assertEquals(Stage1Bits.AF, rig.stage1.peek(ADDRESS, 3) & Stage1Bits.AF);
            map(OLD, NON_GLOBAL & ~Stage1Bits.AF);
            rig.physical(STAGE_1, ADDRESS);
            assertEquals(0, rig.stage1.peek(ADDRESS, 3) & Stage1Bits.AF);
        }

        @Test
        @Rule("C-TLB-05")
        void writeLooksAtAWritableCleanDescriptorAgainAndAReadDoesNot() {
            long clean = NON_GLOBAL & ~Stage1Bits.ap(3) | Stage1Bits.ap(3) | Stage1Bits.DBM;
            rig.contexts.put(0, rig.cd.ha(true).hd(true));
            map(OLD, clean);
            rig.physical(STAGE_1, ADDRESS);
            map(NEW, clean);
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS));
            rig.succeeds(Transaction.write(STAGE_1, ADDRESS));
            assertEquals(0, rig.stage1.peek(ADDRESS, 3) & Stage1Bits.ap(0b10), "marked dirty");
        }

        @Test
        @Rule("C-TLB-03")
        void descriptorThatDeniesPermissionIsRemembered() {
            map(OLD, NON_GLOBAL & ~Stage1Bits.ap(3));
            rig.fails(EventType.F_PERMISSION, STAGE_1, ADDRESS);
            map(OLD, NON_GLOBAL);
            rig.fails(EventType.F_PERMISSION, STAGE_1, ADDRESS);
        }

        @Test
        @Rule("C-TLB-11")
        @Rule("C-TLB-14")
        @Rule("C-INV-06")
        void membersOfAContiguousGroupAreRememberedOneByOne() {
            long contiguous = NON_GLOBAL | Stage1Bits.CONTIGUOUS;
            rig.stage1.mapPages(BLOCK, OLD, 16, contiguous);
            rig.physical(STAGE_1, BLOCK);
            rig.physical(STAGE_1, BLOCK + PAGE);
            rig.stage1.mapPages(BLOCK, NEW, 16, contiguous);
            rig.complete(CacheRig.leaf(BLOCK));
            assertEquals(NEW, rig.physical(STAGE_1, BLOCK));
            assertEquals(OLD + PAGE, rig.physical(STAGE_1, BLOCK + PAGE));
            assertEquals(NEW + 2 * PAGE, rig.physical(STAGE_1, BLOCK + 2 * PAGE));
        }

        @Test
        @Rule("C-BBM-01")
        @Rule("C-BBM-02")
        @Rule("C-TLB-13")
        void changeWithoutBreakBeforeMakeShowsOneOfTheTwoEntriesAndNoConflict() {
            rig.stage1.map(BLOCK, OLD, 2, NON_GLOBAL);
            rig.physical(STAGE_1, ADDRESS);
            long block = rig.stage1.peek(BLOCK, 2);
            rig.stage1.map(ADDRESS, NEW, 3, NON_GLOBAL);
            assertEquals(OLD + (ADDRESS - BLOCK), rig.physical(STAGE_1, ADDRESS));
            rig.complete(CacheRig.leaf(BLOCK));
            assertEquals(NEW, rig.physical(STAGE_1, ADDRESS));
            rig.stage1.poke(BLOCK, 2, block);
            assertEquals(NEW, rig.physical(STAGE_1, ADDRESS));
        }
    }

    @Nested
    class Tags {

        @Test
        @Rule("C-INV-16")
        void canonicalAddressRemovesWhatTaggedAccessesFormed() {
            rig.contexts.put(0, rig.cd.tbi0(true));
            map(OLD, NON_GLOBAL);
            long tagged = ADDRESS | 0x5AL << 56;
            assertEquals(OLD, rig.physical(STAGE_1, tagged));
            map(NEW, NON_GLOBAL);
            assertEquals(OLD, rig.physical(STAGE_1, ADDRESS), "one entry serves every tag");
            rig.complete(CacheRig.leaf(tagged));
            assertEquals(OLD, rig.physical(STAGE_1, tagged), "an address out of range removes nothing here");
            rig.complete(CacheRig.leaf(ADDRESS));
            assertEquals(NEW, rig.physical(STAGE_1, tagged));
        }

        @Test
        @Rule("C-KEY-06")
        @Rule("C-INV-02")
        void ignoredVmidBitsCountForInvalidationAndNotForLookUp() {
            map(OLD, NON_GLOBAL);
            rig.streams.put(2, rig.ste.s2vmid(VMID ^ 1));
            rig.physical(STAGE_1, ADDRESS);
            map(NEW, NON_GLOBAL);
            assertEquals(NEW, rig.physical(2, ADDRESS));
            rig.stage1.poke(ADDRESS, 3, 0);
            rig.translator.invalidate(new InvalidationCommand.TlbiNhAll(VMID), 1);
            rig.fails(EventType.F_TRANSLATION, STAGE_1, ADDRESS);
            rig.fails(EventType.F_TRANSLATION, 2, ADDRESS);
        }

        @Test
        @Rule("C-KEY-04")
        void entryServesEveryStreamWithItsTags() {
            map(OLD, NON_GLOBAL);
            rig.streams.put(2, rig.ste);
            rig.physical(STAGE_1, ADDRESS);
            map(NEW, NON_GLOBAL);
            assertEquals(OLD, rig.physical(2, ADDRESS));
        }

        @Test
        @Rule("C-TLB-08")
        void memoryTypeOfTheCdStaysInTheTranslation() {
            map(OLD, NON_GLOBAL);
            Transaction read = Transaction.read(STAGE_1, ADDRESS);
            Object before = rig.translator.translate(read);
            rig.contexts.put(0, rig.cd.mair(0x44));
            rig.complete(new InvalidationCommand.CfgiCd(STAGE_1, 0, true));
            assertEquals(before, rig.translator.translate(read));
        }
    }

    @Nested
    class BothStages {

        private void mapBlock(long output) {
            rig.stage1.map(BLOCK, output, 2, NON_GLOBAL);
        }

        private void mapPieces(long output) {
            for (long offset = 0; offset < 4 * PAGE; offset += PAGE) {
                rig.stage2.map(OLD + offset, output + offset, 3, Stage2Bits.READ_WRITE);
            }
        }

        private InvalidationCommand blockOf(long address) {
            return new InvalidationCommand.TlbiNhVa(NESTED_VMID, ASID, new Extent(address, true, Optional.empty()));
        }

        @Test
        @Rule("C-INV-05")
        @Rule("C-TLB-11")
        void anyAddressOfAStage1BlockRemovesAllPiecesThatStage2Left() {
            mapBlock(OLD);
            mapPieces(OLD);
            assertEquals(OLD, rig.physical(NESTED, BLOCK));
            assertEquals(OLD + PAGE, rig.physical(NESTED, BLOCK + PAGE));
            mapPieces(NEW);
            rig.complete(new InvalidationCommand.TlbiS2Ipa(NESTED_VMID, new Extent(OLD, true, Optional.empty())));
            rig.complete(
                    new InvalidationCommand.TlbiS2Ipa(NESTED_VMID, new Extent(OLD + PAGE, true, Optional.empty())));
            assertEquals(OLD, rig.physical(NESTED, BLOCK), "S2_IPA leaves combined entries");
            rig.complete(blockOf(BLOCK + 100 * PAGE));
            assertEquals(NEW, rig.physical(NESTED, BLOCK));
            assertEquals(NEW + PAGE, rig.physical(NESTED, BLOCK + PAGE));
        }

        @Test
        @Rule("C-TLB-07")
        @Rule("C-INV-12")
        void stage2EntryOutlivesTheCombinedEntryMadeFromIt() {
            mapBlock(OLD);
            mapPieces(OLD);
            rig.physical(NESTED, BLOCK);
            mapPieces(NEW);
            rig.complete(new InvalidationCommand.TlbiNhAll(NESTED_VMID));
            assertEquals(OLD, rig.physical(NESTED, BLOCK));
            assertEquals(NEW + PAGE, rig.physical(NESTED, BLOCK + PAGE));
        }

        @Test
        @Rule("C-INV-11")
        void commandForBothStagesLeavesNothingToBuildACombinedEntryFrom() {
            mapBlock(OLD);
            mapPieces(OLD);
            rig.physical(NESTED, BLOCK);
            mapPieces(NEW);
            rig.complete(new InvalidationCommand.TlbiS12Vmall(NESTED_VMID));
            assertEquals(NEW, rig.physical(NESTED, BLOCK));
        }
    }
}
