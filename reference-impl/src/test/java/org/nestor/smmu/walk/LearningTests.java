package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** What the procedure hands to a reader that remembers, and what it makes of what it gets back. */
class LearningTests {
    private static final long PAGE = 0x1000;

    /** Remembers every leaf and pointer, and gives back the last leaf whatever the address if asked to. */
    private static final class Notebook extends UncachedReader {
        final List<Stage1Entry> entries = new ArrayList<>();
        final List<Stage1Pointer> pointers = new ArrayList<>();
        final List<Stage2Leaf> stage2Leaves = new ArrayList<>();
        final List<Stage2Pointer> stage2Pointers = new ArrayList<>();
        final List<Configuration> contexts = new ArrayList<>();
        boolean recall;

        Notebook(PhysicalMemory memory) {
            super(memory);
        }

        @Override
        public void learnStage1(Stage1Entry entry) {
            entries.add(entry);
        }

        @Override
        public void learnStage1Pointer(Stage1Pointer pointer) {
            pointers.add(pointer);
        }

        @Override
        public void learnStage2(Stage2Regime regime, Stage2Leaf leaf) {
            stage2Leaves.add(leaf);
        }

        @Override
        public void learnStage2Pointer(Stage2Regime regime, Stage2Pointer pointer) {
            stage2Pointers.add(pointer);
        }

        @Override
        public void learnContext(int streamId, int substreamId, Configuration context) {
            contexts.add(context);
        }

        @Override
        public Optional<Configuration> knownContext(int streamId, int substreamId) {
            return recall ? Optional.of(contexts.get(contexts.size() - 1)) : Optional.empty();
        }

        @Override
        public Stage1Lookup knownStage1(Stage1Regime regime, long inputAddress) {
            return recall ? last() : Stage1Lookup.Unknown.UNKNOWN;
        }

        Stage1Entry last() {
            return entries.get(entries.size() - 1);
        }
    }

    private final AtomicReference<Notebook> made = new AtomicReference<>();
    private final Machine machine = new Machine(Ids.full(""), memory -> {
        made.set(new Notebook(memory));
        return made.get();
    });
    private final Notebook notebook = made.get();

    private PageTable page(long attributes) {
        return PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x5000, 3, attributes);
    }

    /** World (STRW, E2H), nG of the page, and whether the entry is global. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, false, true, NS_EL1",
        "0, 0, true, false, NS_EL1",
        "2, 1, false, true, EL2_E2H",
        "2, 1, true, false, EL2_E2H"
    })
    @Rule("A-WLK-12")
    @Rule("A-RGM-03")
    @Rule("A-RGM-05")
    void entryIsGlobalUnlessNgIsSet(int strw, int e2h, boolean nG, boolean global, StreamWorld world) {
        LinearCdTable contexts = LinearCdTable.single(
                machine.host,
                Cd.of(page(Stage1Bits.READ_WRITE | (nG ? Stage1Bits.NG : 0)))
                        .asid(77)
                        .aset(true));
        machine.cr2(e2h).ste(Ste.stage1(contexts).strw(strw).s2vmid(5));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(global, notebook.last().leaf().global());
        int vmid = world == StreamWorld.NS_EL1 ? 5 : 0;
        assertEquals(
                new Stage1Tag(world, vmid, 77, true, false), notebook.last().tag());
    }

    @Test
    @Rule("A-WLK-13")
    void ngMakesNoDifferenceAtEl2() {
        for (long nG : new long[] {0, Stage1Bits.NG}) {
            LinearCdTable contexts = LinearCdTable.single(
                    machine.host, Cd.of(page(Stage1Bits.READ_WRITE | nG)).asid(77));
            machine.ste(Ste.stage1(contexts).strw(2));
            assertEquals("0x5000", machine.read(PAGE));
        }
        assertEquals(notebook.entries.get(0), notebook.entries.get(1));
        assertEquals(0, notebook.last().tag().asid());
    }

    @Test
    @Rule("A-ADR-01")
    void entriesOfIgnoredTopBytesCarryTheCanonicalAddress() {
        PageTable upper = PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x6000, 3, Stage1Bits.READ_WRITE);
        machine.stage1(Cd.of(page(Stage1Bits.READ_WRITE)).tt1(upper).tbi0(true).tbi1(true));
        assertEquals("0x5abc", machine.read(0xA500_0000_0000_1ABCL));
        assertEquals(PAGE, notebook.last().inputBase());
        assertEquals("0x6abc", machine.read(0xA5FF_FF80_0000_1ABCL));
        assertEquals(0xFFFF_FF80_0000_1000L, notebook.last().inputBase());
    }

    @Test
    @Rule("A-NST-13")
    void combinedEntryServesThePageOfTheSmallerStage() {
        PageTable stage2 = machine.guestStage2().map(0x4012_3000L, 0x8000_7000L, 3, Stage2Bits.READ_WRITE);
        PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39)
                .map(0x8000_0000L, 0x4000_0000L, 2, Stage1Bits.READ_WRITE);
        machine.nested(Cd.of(stage1), stage2);
        assertEquals("0x80007456", machine.read(0x8012_3456L));
        assertTrue(notebook.last().isCombined());
        assertEquals(0x8012_3000L, notebook.last().inputBase());
        assertEquals(12, notebook.last().shift());
        assertFalse(notebook.entries.get(0).isCombined());
        assertEquals(21, notebook.entries.get(0).shift());
    }

    @Test
    @Rule("A-FLT-07")
    void cachedEntryIsCheckedForPermissionAndNothingElse() {
        PageTable table = page(Stage1Bits.AF | Stage1Bits.ap(2));
        machine.stage1(Cd.of(table));
        Transaction read = Transaction.read(Machine.STREAM, PAGE).withPrivilege(true, false);
        assertEquals("0x5000", machine.outcome(read));
        table.poke(PAGE, 3, 0);
        notebook.recall = true;
        assertEquals("0x5000", machine.outcome(read));
        assertEquals("F_PERMISSION IN", machine.outcome(read.withPrivilege(false, false)));
        notebook.recall = false;
        assertEquals("F_TRANSLATION IN", machine.outcome(read));
    }

    @Test
    @Rule("A-FLT-07")
    void cachedCombinedEntryIsCheckedInBothStages() {
        PageTable stage2 = machine.guestStage2().map(0x5000, 0x9000, 3, Stage2Bits.AF | Stage2Bits.s2ap(1));
        PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        machine.nested(Cd.of(stage1), stage2);
        assertEquals("0x9000", machine.read(PAGE));
        stage1.poke(PAGE, 3, 0);
        stage2.poke(0x5000, 3, 0);
        notebook.recall = true;
        assertEquals("0x9000", machine.read(PAGE));
        assertEquals("F_PERMISSION S2 IN ipa=0x5000", machine.write(PAGE));
    }

    @Test
    @Rule("C-TLB-05")
    void writeThroughACleanEntryLooksAtTheDescriptorAgain() {
        PageTable table = page(Stage1Bits.AF | Stage1Bits.DBM | Stage1Bits.ap(3));
        machine.stage1(Cd.of(table).ha(true).hd(true));
        assertEquals("0x5000", machine.read(PAGE));
        assertTrue(notebook.last().leaf().clean());
        notebook.recall = true;
        assertEquals("0x5000", machine.write(PAGE));
        assertEquals(Stage1Bits.ap(1), table.peek(PAGE, 3) & Stage1Bits.ap(3));
        assertFalse(notebook.last().leaf().clean());
    }

    @Test
    @Rule("A-AFD-02")
    void entryOfAPageWhoseAccessFlagWasWaivedServesLaterAccesses() {
        machine.stage1(Cd.of(page(Stage1Bits.ap(1))).affd(true));
        assertEquals("0x5000", machine.read(PAGE));
        notebook.recall = true;
        machine.stage1(Cd.of(page(Stage1Bits.ap(1))));
        assertEquals("0x5000", machine.read(PAGE));
    }

    @Test
    @Rule("A-PRM-11")
    void tablePointersCarryTheRestrictionsAboveThem() {
        PageTable table =
                page(Stage1Bits.READ_WRITE).set(PAGE, 1, Stage1Bits.apTable(2)).set(PAGE, 2, Stage1Bits.PXN_TABLE);
        machine.stage1(Cd.of(table));
        assertEquals("0x5000", machine.read(PAGE));
        assertEquals(
                List.of(2, 3),
                notebook.pointers.stream().map(Stage1Pointer::level).toList());
        assertEquals(
                List.of(30, 21),
                notebook.pointers.stream().map(Stage1Pointer::shift).toList());
        assertEquals(1, Integer.bitCount(notebook.pointers.get(0).restrictions()));
        assertEquals(2, Integer.bitCount(notebook.pointers.get(1).restrictions()));
    }

    @Test
    @Rule("C-TLB-01")
    void tablePointersServeTheWholeRangeBelowThem() {
        machine.stage1(Cd.of(
                PageTable.stage1(machine.host, Granule.KB4, 39).map(0x8072_3000L, 0x5000, 3, Stage1Bits.READ_WRITE)));
        assertEquals("0x5456", machine.read(0x8072_3456L));
        assertEquals(
                List.of(0x8000_0000L, 0x8060_0000L),
                notebook.pointers.stream().map(Stage1Pointer::inputBase).toList());
    }

    @Test
    @Rule("C-TLB-01")
    void stage2EntriesServeTheWholeRangeOfTheirDescriptors() {
        PageTable stage2 = PageTable.stage2(machine.host, Granule.KB4, 39, 1)
                .map(0x4072_3000L, 0x5000, 3, Stage2Bits.READ_WRITE)
                .map(0x4080_0000L, 0x4000_0000L, 2, Stage2Bits.READ_WRITE);
        machine.ste(Ste.stage2(stage2).s2vmid(7));
        assertEquals("0x5456", machine.read(0x4072_3456L));
        assertEquals("0x40123456", machine.read(0x4092_3456L));
        assertEquals(
                List.of("7 0x40000000 2^30", "7 0x40600000 2^21", "7 0x40000000 2^30"),
                notebook.stage2Pointers.stream()
                        .map(pointer -> range(pointer.vmid(), pointer.inputBase(), pointer.shift()))
                        .toList());
        assertEquals(
                List.of("7 0x40723000 2^12", "7 0x40800000 2^21"),
                notebook.stage2Leaves.stream()
                        .map(leaf -> range(leaf.vmid(), leaf.inputBase(), leaf.shift()))
                        .toList());
    }

    private static String range(int vmid, long base, int shift) {
        return vmid + " 0x" + Long.toHexString(base) + " 2^" + shift;
    }

    /** Otherwise each later transaction would have to judge it once more. */
    @Test
    @Rule("C-CFG-01")
    void contextIsRememberedAsItIsUnderTheNewSte() {
        LinearCdTable contexts = LinearCdTable.single(machine.host, Cd.of(page(Stage1Bits.READ_WRITE)));
        machine.ste(Ste.stage1(contexts).s2vmid(5));
        machine.read(PAGE);
        notebook.recall = true;
        machine.ste(Ste.stage1(contexts).s2vmid(6));
        machine.read(PAGE);
        assertEquals(
                List.of(5, 6),
                notebook.contexts.stream()
                        .map(context -> context.stage1().orElseThrow().tag().vmid())
                        .toList());
    }

    @Test
    @Rule("A-FLT-07")
    void nothingIsLearnedFromAFault() {
        machine.stage1(Cd.of(page(Stage1Bits.ap(1))));
        assertEquals("F_ACCESS IN", machine.read(PAGE));
        assertEquals(List.of(), notebook.entries);
    }
}
