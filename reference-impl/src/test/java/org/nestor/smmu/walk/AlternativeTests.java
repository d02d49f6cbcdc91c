package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Shareability;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TwoLevelCdTable;
import org.nestor.tables.TwoLevelStreamTable;

/** Every outcome that a rule leaves open is offered as a choice, and the first is what the reference prefers. */
class AlternativeTests {
    private static final long PAGE = 0x1000;
    private static final long BEYOND = 1L << 48;
    private static final Transaction READ = Transaction.read(Machine.STREAM, PAGE);
    private static final Transaction READ_OF_SUBSTREAM = READ.withSubstream(1);

    /** Reads memory as it is, and picks one alternative after the other wherever a rule offers some. */
    private static final class Picking extends UncachedReader {
        private final Set<RuleId> asked = new HashSet<>();
        private int pick;
        private int most;

        Picking(PhysicalMemory memory) {
            super(memory);
        }

        @Override
        public int choose(RuleId rule, int alternatives) {
            asked.add(rule);
            most = Math.max(most, alternatives);
            return Math.min(pick, alternatives - 1);
        }
    }

    private final List<Picking> readers = new ArrayList<>();

    private Machine machine(String ids) {
        return new Machine(Ids.full(ids), memory -> {
            Picking reader = new Picking(memory);
            readers.add(reader);
            return reader;
        });
    }

    /** The outcomes of the alternatives in their order, of rules that are offered for this transaction and no others. */
    private List<String> outcomes(Machine machine, Transaction transaction, String... rules) {
        Picking reader = readers.get(readers.size() - 1);
        List<String> outcomes = new ArrayList<>();
        reader.most = 1;
        reader.asked.clear();
        for (reader.pick = 0; reader.pick < reader.most; reader.pick++) {
            outcomes.add(machine.outcome(transaction));
        }
        reader.pick = 0;
        Set<RuleId> expected = new HashSet<>();
        List.of(rules).forEach(rule -> expected.add(RuleId.of(rule)));
        assertEquals(expected, reader.asked);
        return outcomes;
    }

    private static Cd cd(Machine machine) {
        return Cd.of(PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE));
    }

    private static Cd guestCd(Machine machine) {
        return Cd.of(PageTable.stage1(machine.guest, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE));
    }

    private static PageTable stage2(Machine machine) {
        return machine.guestStage2().map(0x5000, 0x9000, 3, Stage2Bits.READ_WRITE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Rule("A-STE-17")
    void contextPointerBeyondTheIntermediateSizeIsRefusedOrFaultsInStage2OrInVersion30Truncated(int minor) {
        Machine machine = machine("ArchMinorRev=" + minor);
        LinearCdTable contexts = LinearCdTable.single(machine.guest, guestCd(machine));
        long pointer = contexts.s1ContextPtr() | BEYOND;
        machine.ste(Ste.nested(contexts, stage2(machine)).s1ContextPtr(pointer));
        List<String> expected =
                new ArrayList<>(List.of("C_BAD_STE", "F_TRANSLATION S2 CD ipa=0x" + Long.toHexString(pointer & -4096)));
        if (minor == 0) {
            expected.add("0x9000");
        }
        assertEquals(expected, outcomes(machine, READ, "A-STE-17"));
    }

    @Test
    @Rule("A-STE-17")
    void contextPointerBeyondTheIntermediateSizeIsNoMatterWhereNoCdIsNeeded() {
        Machine machine = machine("");
        LinearCdTable contexts = new LinearCdTable(machine.guest, 2);
        machine.ste(Ste.nested(contexts, stage2(machine))
                .s1ContextPtr(contexts.s1ContextPtr() | BEYOND)
                .s1dss(1));
        assertEquals(
                List.of("C_BAD_STE", "0x9000"),
                outcomes(machine, Transaction.read(Machine.STREAM, 0x5000), "A-STE-17"));
    }

    @Test
    @Rule("A-STE-17")
    void steThatIsIllegalForAnotherReasonLeavesNoChoice() {
        Machine machine = machine("");
        LinearCdTable contexts = LinearCdTable.single(machine.guest, guestCd(machine));
        machine.ste(Ste.nested(contexts, stage2(machine))
                .s1ContextPtr(contexts.s1ContextPtr() | BEYOND)
                .s2tg(3));
        assertEquals(List.of("C_BAD_STE"), outcomes(machine, READ));
    }

    @Test
    @Rule("A-STE-16")
    void contextPointerBeyondTheOutputSizeIsRefusedOrInVersion30AlsoFollowedOrTruncated() {
        Machine version30 = machine("ArchMinorRev=0");
        LinearCdTable contexts = LinearCdTable.single(version30.host, cd(version30));
        long pointer = contexts.s1ContextPtr() | BEYOND;
        version30.ste(Ste.stage1(contexts).s1ContextPtr(pointer));
        assertEquals(
                List.of("C_BAD_STE", "F_CD_FETCH @0x" + Long.toHexString(pointer), "0x5000"),
                outcomes(version30, READ, "A-STE-16"));

        Machine version31 = machine("ArchMinorRev=1");
        version31.ste(
                Ste.stage1(LinearCdTable.single(version31.host, cd(version31))).s1ContextPtr(pointer));
        assertEquals(List.of("C_BAD_STE"), outcomes(version31, READ));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Rule("A-CDF-11")
    void leafTableBeyondTheAddressSizeIsRefusedFollowedOrTruncated(boolean nested) {
        for (int minor = 0; minor < 2; minor++) {
            Machine machine = machine("ArchMinorRev=" + minor);
            TwoLevelCdTable table = TwoLevelCdTable.of4K(nested ? machine.guest : machine.host, 8);
            long leaf = table.put(1, nested ? guestCd(machine) : cd(machine));
            machine.ste(nested ? Ste.nested(table, stage2(machine)) : Ste.stage1(table));
            long l1 = table.l1Address(1);
            machine.memory.write64(l1, machine.memory.read64(l1) | BEYOND);
            long followed = (nested ? Machine.ipaOf(leaf) : leaf) | BEYOND;
            List<String> expected = new ArrayList<>(List.of("C_BAD_SUBSTREAMID"));
            if (nested) {
                expected.add("F_TRANSLATION S2 CD ipa=0x" + Long.toHexString(followed & -4096));
            } else if (minor == 0) {
                expected.add("F_CD_FETCH @0x" + Long.toHexString(followed));
            }
            if (minor == 0) {
                expected.add(nested ? "0x9000" : "0x5000");
            }
            String[] rules = nested || minor == 0 ? new String[] {"A-CDF-11"} : new String[0];
            assertEquals(expected, outcomes(machine, READ_OF_SUBSTREAM, rules), "v3." + minor);
        }
    }

    @Test
    @Rule("A-CDF-11")
    void leafTableThatIsFollowedOrTruncatedIsAlignedToItsSize() {
        Machine machine = machine("ArchMinorRev=0");
        TwoLevelCdTable table = TwoLevelCdTable.of64K(machine.host, 8);
        long cd = table.put(1, cd(machine));
        machine.ste(Ste.stage1(table));
        long l1 = table.l1Address(1);
        machine.memory.write64(l1, machine.memory.read64(l1) | BEYOND | 0xF000);
        assertEquals(
                List.of("C_BAD_SUBSTREAMID", "F_CD_FETCH @0x" + Long.toHexString(cd | BEYOND), "0x5000"),
                outcomes(machine, READ_OF_SUBSTREAM, "A-CDF-11"));
    }

    @Test
    @Rule("A-SID-09")
    void streamTableBeyondTheOutputSizeIsRefusedOrTruncated() {
        Machine machine = machine("");
        machine.ste(Ste.bypass());
        LinearStreamTable linear = new LinearStreamTable(machine.host, 4);
        linear.put(Machine.STREAM, Ste.bypass());
        registers(machine, linear.strtabBase() | BEYOND, linear.strtabBaseCfg());
        String ste = Long.toHexString(linear.steAddress(Machine.STREAM) | BEYOND);
        assertEquals(List.of("F_STE_FETCH @0x" + ste, "0x1000"), outcomes(machine, READ, "A-SID-09"));

        TwoLevelStreamTable twoLevel = new TwoLevelStreamTable(machine.host, 8, 6);
        twoLevel.put(Machine.STREAM, Ste.bypass());
        registers(machine, twoLevel.strtabBase() | BEYOND, twoLevel.strtabBaseCfg());
        String l1 = Long.toHexString(twoLevel.l1Address(Machine.STREAM) | BEYOND);
        assertEquals(List.of("F_STE_FETCH @0x" + l1, "0x1000"), outcomes(machine, READ, "A-SID-09"));
    }

    private static void registers(Machine machine, long strtabBase, int strtabBaseCfg) {
        machine.registers(new GlobalConfiguration(true, strtabBase, strtabBaseCfg, 0, false));
    }

    @Test
    @Rule("A-CDF-13")
    void tableThatIsNotAlignedHasItsLowPointerBitsIgnoredOrAnyOfItsCdsUsed() {
        Machine machine = machine("");
        LinearCdTable contexts = new LinearCdTable(machine.host, 2);
        IntStream.range(0, 4)
                .forEach(i -> contexts.put(
                        i,
                        Cd.of(PageTable.stage1(machine.host, Granule.KB4, 39)
                                .map(PAGE, 0x10_0000L + 0x1000L * i, 3, Stage1Bits.READ_WRITE))));
        machine.ste(Ste.stage1(contexts).s1ContextPtr(contexts.s1ContextPtr() | 0x80));
        assertEquals(
                List.of("0x101000", "0x100000", "0x101000", "0x102000", "0x103000"),
                outcomes(machine, READ_OF_SUBSTREAM, "A-CDF-13"));
    }

    @Test
    @Rule("A-STE-22")
    void rangeOfStage2BelowTheLeastIsRefusedOrInVersion30Clamped() {
        Machine machine = machine("ArchMinorRev=0 STT=0");
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 25, 2);
        machine.ste(
                Ste.stage2(table.map(PAGE, 0x9000, 3, Stage2Bits.READ_WRITE)).s2t0sz(42));
        assertEquals(List.of("C_BAD_STE", "0x9000"), outcomes(machine, READ, "A-STE-22"));
        Machine later = machine("ArchMinorRev=1 STT=0");
        later.ste(Ste.stage2(PageTable.stage2(later.host, Granule.KB4, 25, 2)).s2t0sz(42));
        assertEquals(List.of("C_BAD_STE"), outcomes(later, READ));
    }

    @Test
    @Rule("A-STE-24")
    void rangeOfStage2BeyondTheIntermediateSizeIsRefusedOrInVersion30Clamped() {
        Machine machine = machine("ArchMinorRev=0");
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 48, 0);
        machine.ste(
                Ste.stage2(table.map(PAGE, 0x9000, 3, Stage2Bits.READ_WRITE)).s2t0sz(13));
        assertEquals(List.of("C_BAD_STE", "0x9000"), outcomes(machine, READ, "A-STE-24"));
    }

    @ParameterizedTest
    @CsvSource({"25, 42", "25, 63", "48, 15", "48, 0"})
    @Rule("A-CDV-08")
    void rangeOfStage1OutOfBoundsIsRefusedOrInVersion30Clamped(int inputBits, int t0sz) {
        Machine machine = machine("ArchMinorRev=0 STT=0");
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, inputBits);
        machine.stage1(Cd.of(table.map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE)).t0sz(t0sz));
        assertEquals(List.of("C_BAD_CD", "0x5000"), outcomes(machine, READ, "A-CDV-08"));
        Machine later = machine("ArchMinorRev=1 STT=0");
        later.stage1(Cd.of(PageTable.stage1(later.host, Granule.KB4, inputBits)).t0sz(t0sz));
        assertEquals(List.of("C_BAD_CD"), outcomes(later, READ));
    }

    @Test
    @Rule("A-CDV-08")
    void cdThatIsIllegalForAnotherReasonLeavesNoChoice() {
        Machine machine = machine("ArchMinorRev=0 STT=0");
        machine.stage1(cd(machine).t0sz(63).tg0(3));
        assertEquals(List.of("C_BAD_CD"), outcomes(machine, READ));
    }

    @Test
    @Rule("A-STE-34")
    void stallBitOfAStage2ThatIsOffMayRuleOutAtsInVersion30() {
        Machine machine = machine("ArchMinorRev=0");
        machine.ste(Ste.stage1(LinearCdTable.single(machine.host, cd(machine)))
                .eats(1)
                .s2s(true));
        assertEquals(List.of("0x5000", "C_BAD_STE"), outcomes(machine, READ, "A-STE-34"));
        Machine later = machine("ArchMinorRev=1");
        later.ste(
                Ste.stage1(LinearCdTable.single(later.host, cd(later))).eats(1).s2s(true));
        assertEquals(List.of("0x5000"), outcomes(later, READ));
    }

    @Test
    @Rule("A-STE-40")
    void startLevelThatAPeOfThisSizeLacksMayBeRefused() {
        assertEquals(List.of("0x9000", "C_BAD_STE"), outcomesOfStartLevelZero(3, "A-STE-40"));
        assertEquals(List.of("0x9000"), outcomesOfStartLevelZero(4));
    }

    private List<String> outcomesOfStartLevelZero(int oas, String... rules) {
        Machine machine = machine("OAS=" + oas);
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 42, 0);
        machine.ste(Ste.stage2(table.map(PAGE, 0x9000, 3, Stage2Bits.READ_WRITE)));
        return outcomes(machine, READ, rules);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x0F, 0x40, 0xF0})
    @Rule("A-ATT-15")
    void reservedMairByteGivesAnyType(int attribute) {
        Machine machine = machine("");
        machine.stage1(cd(machine).mair(attribute));
        Picking reader = readers.get(0);
        Set<MemoryAttributes> types = new LinkedHashSet<>();
        for (reader.pick = 0; reader.pick < 13; reader.pick++) {
            types.add(machine.translated(READ).attributes());
        }
        assertEquals(13, reader.most);
        assertEquals(
                new MemoryAttributes(0, Shareability.OUTER_SHAREABLE),
                types.iterator().next());
        assertEquals(13, types.size());
    }

    @Test
    @Rule("A-ATS-04")
    void uncheckedTranslatedAccessBeyondTheOutputSizeIsAbortedOrTruncated() {
        Machine machine = machine("");
        Transaction translated =
                Transaction.read(Machine.STREAM, BEYOND | 0x7004).withAts(AtsKind.TRANSLATED);
        assertEquals(List.of("abort", "0x7004"), outcomes(machine, translated, "A-ATS-04"));
        assertEquals(List.of("0x7004"), outcomes(machine, translated.withAddress(0x7004)));
        assertEquals(List.of("abort", "0x0"), outcomes(machine, translated.withAddress(BEYOND), "A-ATS-04"));
        machine.atsChk(true).ste(Ste.bypass().eats(1));
        assertEquals(1, outcomes(machine, translated).size());
    }
}
