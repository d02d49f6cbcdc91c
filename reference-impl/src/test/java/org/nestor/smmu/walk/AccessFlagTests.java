package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Access flag and dirty state: what faults, and what memory holds afterwards. */
class AccessFlagTests {
    private static final long PAGE = 0x1000;
    private static final long AF = 1L << 10;

    private final Machine machine = new Machine("HTTU=2");

    private PageTable table1(boolean bigEndian) {
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39);
        return bigEndian ? table.inOtherByteOrder() : table;
    }

    private PageTable table2(boolean bigEndian) {
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        return bigEndian ? table.inOtherByteOrder() : table;
    }

    /** AFFD, HA, HD, and the outcome and descriptor of a read of a page with AF = 0. */
    @ParameterizedTest
    @CsvSource({
        "false, false, false, F_ACCESS IN, false", "true, false, false, 0x5000, false",
                "false, true, false, 0x5000, true",
        "true, true, false, 0x5000, true", "false, true, true, 0x5000, true", "false, false, true, F_ACCESS IN, false",
        "true, false, true, 0x5000, false",
    })
    @Rule("A-AFD-01")
    @Rule("A-AFD-02")
    @Rule("A-AFD-03")
    @Rule("A-AFD-15")
    @Rule("A-CDV-18")
    void clearAccessFlagInStage1(boolean affd, boolean ha, boolean hd, String outcome, boolean set) {
        for (boolean bigEndian : new boolean[] {false, true}) {
            PageTable table = table1(bigEndian).map(PAGE, 0x5000, 3, Stage1Bits.ap(1) | Stage1Bits.NG);
            long before = table.peek(PAGE, 3);
            machine.stage1(Cd.of(table).affd(affd).ha(ha).hd(hd));
            assertEquals(outcome, machine.read(PAGE));
            assertEquals(set ? before | AF : before, table.peek(PAGE, 3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false, F_ACCESS S2 IN ipa=0x1000, false", "true, false, false, 0x5000, false",
        "false, true, false, 0x5000, true", "true, true, true, 0x5000, true",
        "false, false, true, F_ACCESS S2 IN ipa=0x1000, false", "true, false, true, 0x5000, false",
    })
    @Rule("A-AFD-01")
    @Rule("A-AFD-02")
    @Rule("A-AFD-03")
    @Rule("A-STE-28")
    void clearAccessFlagInStage2(boolean affd, boolean ha, boolean hd, String outcome, boolean set) {
        for (boolean bigEndian : new boolean[] {false, true}) {
            PageTable table = table2(bigEndian).map(PAGE, 0x5000, 3, Stage2Bits.s2ap(3));
            long before = table.peek(PAGE, 3);
            machine.ste(Ste.stage2(table).s2affd(affd).s2ha(ha).s2hd(hd));
            assertEquals(outcome, machine.read(PAGE));
            assertEquals(set ? before | AF : before, table.peek(PAGE, 3));
        }
    }

    /** The cacheability that the table is read with makes no difference: the update is correct and atomic. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Rule("A-AFD-16")
    void updatesAreMadeInTablesOfEveryCacheability(int code) {
        PageTable table = table1(false).map(PAGE, 0x5000, 3, Stage1Bits.ap(1));
        machine.stage1(Cd.of(table).ha(true).with("IR0", code).with("OR0", code));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(0x5003 | AF | Stage1Bits.ap(1), table.peek(PAGE, 3));
        PageTable stage2 = table2(false).map(PAGE, 0x5000, 3, Stage2Bits.s2ap(3));
        machine.ste(Ste.stage2(stage2).s2ha(true).with("S2IR0", code).with("S2OR0", code));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(0x5003 | AF | Stage2Bits.s2ap(3), stage2.peek(PAGE, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Rule("A-AFD-03")
    void accessFlagIsSetInBlocksOfEveryLevel(int level) {
        PageTable table = table1(false).map(0, 0, level, Stage1Bits.ap(1));
        machine.stage1(Cd.of(table).ha(true));
        assertEquals("0xabc", machine.read(0xABC));
        assertEquals((level == 3 ? 0b11 : 0b01) | AF | 1 << 6, table.peek(0, level));
    }

    /** Stage 1, HA = 1: HD, DBM, AP[2:1], and outcome and descriptor after an unprivileged write. */
    @ParameterizedTest
    @CsvSource({
        "true, true, 3, 0x5000, 1",
        "true, true, 1, 0x5000, 1",
        "true, false, 3, F_PERMISSION IN, 3",
        "false, true, 3, F_PERMISSION IN, 3",
        "true, true, 2, F_PERMISSION IN, 2",
    })
    @Rule("A-AFD-05")
    @Rule("A-AFD-08")
    void writeToACleanPageOfStage1MakesItDirty(boolean hd, boolean dbm, int ap, String outcome, int apAfter) {
        for (boolean bigEndian : new boolean[] {false, true}) {
            for (long af : new long[] {0, AF}) {
                PageTable table =
                        table1(bigEndian).map(PAGE, 0x5000, 3, af | Stage1Bits.ap(ap) | (dbm ? Stage1Bits.DBM : 0));
                machine.stage1(Cd.of(table).ha(true).hd(hd));
                assertEquals(outcome, machine.write(PAGE));
                long expected = 0x5003 | AF | Stage1Bits.ap(apAfter) | (dbm ? Stage1Bits.DBM : 0);
                assertEquals(expected, table.peek(PAGE, 3) | AF);
                assertEquals(outcome, machine.write(PAGE));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 1, 0x5000, 3",
        "true, true, 0, 0x5000, 2",
        "true, false, 1, F_PERMISSION S2 IN ipa=0x1000, 1",
        "false, true, 1, F_PERMISSION S2 IN ipa=0x1000, 1",
        "true, true, 3, 0x5000, 3",
    })
    @Rule("A-AFD-06")
    @Rule("A-AFD-08")
    void writeToACleanPageOfStage2MakesItDirty(boolean hd, boolean dbm, int s2ap, String outcome, int s2apAfter) {
        for (boolean bigEndian : new boolean[] {false, true}) {
            for (long af : new long[] {0, AF}) {
                PageTable table =
                        table2(bigEndian).map(PAGE, 0x5000, 3, af | Stage2Bits.s2ap(s2ap) | (dbm ? Stage2Bits.DBM : 0));
                machine.ste(Ste.stage2(table).s2ha(true).s2hd(hd));
                assertEquals(outcome, machine.write(PAGE));
                long expected = 0x5003 | AF | Stage2Bits.s2ap(s2apAfter) | (dbm ? Stage2Bits.DBM : 0);
                assertEquals(expected, table.peek(PAGE, 3) | AF);
            }
        }
    }

    @Test
    @Rule("A-AFD-07")
    void readsLeavePagesClean() {
        long clean = Stage1Bits.AF | Stage1Bits.ap(3) | Stage1Bits.DBM;
        PageTable table = table1(false).map(PAGE, 0x5000, 3, clean);
        machine.stage1(Cd.of(table).ha(true).hd(true));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(0x5003 | clean, table.peek(PAGE, 3));
        assertEquals(
                "0x5000", machine.outcome(Transaction.read(Machine.STREAM, PAGE).withPrivilege(false, true)));
        assertEquals(0x5003 | clean, table.peek(PAGE, 3));
        PageTable stage2 = table2(false).map(PAGE, 0x5000, 3, Stage2Bits.AF | Stage2Bits.DBM | Stage2Bits.s2ap(1));
        machine.ste(Ste.stage2(stage2).s2ha(true).s2hd(true));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(0x5003 | Stage2Bits.AF | Stage2Bits.DBM | Stage2Bits.s2ap(1), stage2.peek(PAGE, 3));
    }

    @Test
    @Rule("A-PRM-15")
    void hierarchicalReadOnlyBlocksTheDirtyUpdate() {
        PageTable table = table1(false)
                .map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(3) | Stage1Bits.DBM)
                .set(PAGE, 1, Stage1Bits.apTable(0b10));
        long before = table.peek(PAGE, 3);
        machine.stage1(Cd.of(table).ha(true).hd(true));
        assertEquals("F_PERMISSION IN", machine.write(PAGE));
        assertEquals(before, table.peek(PAGE, 3));
    }

    /** A page that may become writable counts as writable for WXN and for the implicit PXN. */
    @Test
    @Rule("A-AFD-05")
    @Rule("A-PRM-06")
    @Rule("A-PRM-07")
    void cleanPageIsNotExecutableWhereAWritableOneIsNot() {
        PageTable table = table1(false).map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(3) | Stage1Bits.DBM);
        Transaction fetch = Transaction.read(Machine.STREAM, PAGE);
        machine.stage1(Cd.of(table).ha(true).hd(true));
        assertEquals("F_PERMISSION IN", machine.outcome(fetch.withPrivilege(true, true)));
        assertEquals("0x5000", machine.outcome(fetch.withPrivilege(false, true)));
        machine.stage1(Cd.of(table).ha(true).hd(true).wxn(true));
        assertEquals("F_PERMISSION IN", machine.outcome(fetch.withPrivilege(false, true)));
        machine.stage1(Cd.of(table).ha(true).wxn(true));
        assertEquals("0x5000", machine.outcome(fetch.withPrivilege(true, true)));
    }

    @Test
    @Rule("A-AFD-14")
    void accessFlagOfTableDescriptorsStaysAsItIs() {
        PageTable table = table1(false).map(PAGE, 0x5000, 3, Stage1Bits.ap(1));
        long level1 = table.peek(PAGE, 1);
        long level2 = table.peek(PAGE, 2);
        machine.stage1(Cd.of(table).ha(true));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(level1, table.peek(PAGE, 1));
        assertEquals(level2, table.peek(PAGE, 2));
    }

    /** A nested stream whose stage 2 pages of tables and data can be changed one by one. */
    private final class Nested {
        final PageTable stage2 = machine.guestStage2().map(0x5000, 0x9000, 3, Stage2Bits.READ_WRITE);
        final PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39);
        final LinearCdTable contexts = new LinearCdTable(machine.guest, 0);
        final long cdIpa = contexts.s1ContextPtr();

        Nested(long leaf, boolean ha, boolean hd) {
            stage1.map(PAGE, 0x5000, 3, leaf);
            contexts.put(0, Cd.of(stage1).ha(ha).hd(hd));
        }

        long leafIpa() {
            return Machine.ipaOf(stage1.descriptorAddress(PAGE, 3));
        }

        /** Replaces the attributes of the stage 2 page that holds the address. */
        void remap(long ipa, long attributes) {
            stage2.map(ipa, (ipa & -4096) - Machine.GUEST_OFFSET, 3, attributes);
        }

        void start(boolean s2ha, boolean s2hd) {
            machine.ste(Ste.nested(contexts, stage2).s2ha(s2ha).s2hd(s2hd));
        }
    }

    @Test
    @Rule("A-AFD-11")
    void updateOfAStage1DescriptorNeedsWritePermissionOfStage2() {
        Nested nested = new Nested(Stage1Bits.ap(1), true, false);
        nested.remap(nested.leafIpa(), Stage2Bits.AF | Stage2Bits.s2ap(1));
        nested.start(false, false);
        String fault = "F_PERMISSION S2 TT ipa=0x" + Long.toHexString(nested.leafIpa() & -4096) + " TTRnW=0";
        assertEquals(fault, machine.read(PAGE));
        assertEquals("[A-AFD-11]", machine.decided.toString());
        assertEquals(0, nested.stage1.peek(PAGE, 3) & AF);
        nested.stage1.set(PAGE, 3, AF);
        assertEquals("0x9000", machine.read(PAGE));
    }

    @Test
    @Rule("A-AFD-11")
    void dirtyUpdateOfAStage1DescriptorNeedsWritePermissionOfStage2() {
        Nested nested = new Nested(AF | Stage1Bits.DBM | Stage1Bits.ap(3), true, true);
        nested.remap(nested.leafIpa(), Stage2Bits.AF | Stage2Bits.s2ap(1));
        nested.start(false, false);
        assertEquals("0x9000", machine.read(PAGE));
        String fault = "F_PERMISSION S2 TT ipa=0x" + Long.toHexString(nested.leafIpa() & -4096) + " TTRnW=0";
        assertEquals(fault, machine.write(PAGE));
        nested.remap(nested.leafIpa(), Stage2Bits.READ_WRITE);
        assertEquals("0x9000", machine.write(PAGE));
        assertEquals(Stage1Bits.ap(1), nested.stage1.peek(PAGE, 3) & Stage1Bits.ap(3));
    }

    @Test
    @Rule("A-AFD-12")
    void updateOfAStage1DescriptorMakesItsStage2PageDirty() {
        Nested nested = new Nested(Stage1Bits.ap(1), true, false);
        nested.remap(nested.leafIpa(), Stage2Bits.AF | Stage2Bits.DBM | Stage2Bits.s2ap(1));
        nested.start(true, true);
        assertEquals("0x9000", machine.read(PAGE));
        assertEquals(AF, nested.stage1.peek(PAGE, 3) & AF);
        assertEquals(Stage2Bits.s2ap(3), nested.stage2.peek(nested.leafIpa(), 3) & Stage2Bits.s2ap(3));
    }

    @Test
    @Rule("A-AFD-13")
    @Rule("A-AFD-17")
    @Rule("A-CDF-10")
    @Rule("A-NST-15")
    void accessFlagsOfTableAndCdPagesAreSetAndTheyStayClean() {
        Nested nested = new Nested(AF | Stage1Bits.ap(1), false, false);
        long attributes = Stage2Bits.DBM | Stage2Bits.s2ap(1);
        nested.remap(nested.leafIpa(), attributes);
        nested.remap(nested.cdIpa, attributes);
        nested.start(true, true);
        assertEquals("0x9000", machine.write(PAGE));
        for (long ipa : new long[] {nested.leafIpa(), nested.cdIpa}) {
            long bits = AF | Stage2Bits.s2ap(3) | Stage2Bits.DBM;
            assertEquals(AF | attributes, nested.stage2.peek(ipa, 3) & bits);
        }
    }

    @Test
    @Rule("A-AFD-13")
    @Rule("A-CDF-10")
    @Rule("A-NST-15")
    void clearAccessFlagsOfTableAndCdPagesFaultWithoutHardwareUpdates() {
        Nested nested = new Nested(AF | Stage1Bits.ap(1), false, false);
        nested.start(false, false);
        assertEquals("0x9000", machine.read(PAGE));
        nested.remap(nested.leafIpa(), Stage2Bits.s2ap(3));
        assertEquals("F_ACCESS S2 TT ipa=0x" + Long.toHexString(nested.leafIpa() & -4096), machine.read(PAGE));
        nested.remap(nested.cdIpa, Stage2Bits.s2ap(3));
        assertEquals("F_ACCESS S2 CD ipa=0x" + Long.toHexString(nested.cdIpa & -4096), machine.read(PAGE));
        machine.ste(Ste.nested(nested.contexts, nested.stage2).s2affd(true));
        assertEquals("0x9000", machine.read(PAGE));
    }

    @Test
    @Rule("A-AFD-07")
    void writeThatStage2DeniesMayLeaveStage1DirtyButNeverStage2() {
        Nested nested = new Nested(AF | Stage1Bits.DBM | Stage1Bits.ap(3), true, true);
        nested.stage2.map(0x5000, 0x9000, 3, Stage2Bits.AF | Stage2Bits.s2ap(1));
        long before = nested.stage2.peek(0x5000, 3);
        nested.start(true, true);
        assertEquals("F_PERMISSION S2 IN ipa=0x5000", machine.write(PAGE));
        assertEquals(before, nested.stage2.peek(0x5000, 3));
        assertNotEquals(0, nested.stage1.peek(PAGE, 3) & AF);
    }

    @Test
    @Rule("A-AFD-04")
    void accessFlagIsNeverCleared() {
        PageTable table = table1(false).map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(2));
        machine.stage1(Cd.of(table).ha(true).hd(true));
        assertEquals("F_PERMISSION IN", machine.read(PAGE));
        assertEquals(0x5003 | AF | Stage1Bits.ap(2), table.peek(PAGE, 3));
    }

    /** Stands for software that writes the descriptor between the walk and the update, or for memory that aborts the update. */
    private static final class Meddler extends UncachedReader {
        private final PhysicalMemory memory;
        private long instead;
        private boolean aborts;

        Meddler(PhysicalMemory memory) {
            super(memory);
            this.memory = memory;
        }

        @Override
        public boolean update(long address, long expected, long desired) {
            if (aborts) {
                throw new ExternalAbort(address);
            }
            if (instead != 0) {
                memory.write64(address, instead);
                instead = 0;
            }
            return super.update(address, expected, desired);
        }
    }

    private final AtomicReference<Meddler> meddler = new AtomicReference<>();

    private Machine meddled() {
        return new Machine(Ids.full("HTTU=2"), memory -> {
            meddler.set(new Meddler(memory));
            return meddler.get();
        });
    }

    @Test
    @Rule("A-AFD-09")
    void descriptorThatChangedSinceTheWalkIsWalkedAgain() {
        Machine meddled = meddled();
        PageTable table = PageTable.stage1(meddled.host, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.ap(1));
        meddled.stage1(Cd.of(table).ha(true));
        meddler.get().instead = 0x6003 | Stage1Bits.ap(1);
        assertEquals("0x6000", meddled.read(PAGE));
        assertEquals(0x6003 | AF | Stage1Bits.ap(1), table.peek(PAGE, 3));
        table.map(PAGE, 0x5000, 3, Stage1Bits.ap(1));
        meddler.get().instead = 2;
        assertEquals("F_TRANSLATION IN", meddled.read(PAGE));
        PageTable stage2 = PageTable.stage2(meddled.host, Granule.KB4, 39, 1).map(PAGE, 0x5000, 3, Stage2Bits.s2ap(3));
        meddled.ste(Ste.stage2(stage2).s2ha(true));
        meddler.get().instead = 0x7003 | Stage2Bits.s2ap(3);
        assertEquals("0x7000", meddled.read(PAGE));
    }

    @Test
    @Rule("A-AFD-10")
    void abortedUpdateIsAWalkAbortOfItsStage() {
        Machine meddled = meddled();
        meddler.get().aborts = true;
        PageTable table = PageTable.stage1(meddled.host, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.ap(1));
        meddled.stage1(Cd.of(table).ha(true));
        String at = " @0x" + Long.toHexString(table.descriptorAddress(PAGE, 3));
        assertEquals("F_WALK_EABT TT" + at, meddled.read(PAGE));
        PageTable stage2 = PageTable.stage2(meddled.host, Granule.KB4, 39, 1).map(PAGE, 0x5000, 3, Stage2Bits.s2ap(3));
        meddled.ste(Ste.stage2(stage2).s2ha(true));
        at = " @0x" + Long.toHexString(stage2.descriptorAddress(PAGE, 3));
        assertEquals("F_WALK_EABT S2 IN ipa=0x1000" + at, meddled.read(PAGE));
    }
}
