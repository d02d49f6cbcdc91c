package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Shareability;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/**
 * Output attributes, spelled out: {@code nGnRnE}, {@code nGnRE}, {@code nGRE}, {@code GRE}, or outer and inner cacheability such as
 * {@code WB-NC}, with the shareability behind it.
 */
class AttributeTests {
    private static final long PAGE = 0x1000;

    /** From the most restrictive on. */
    private static final List<String> DEVICES = List.of("nGnRnE", "nGnRE", "nGRE", "GRE");

    /** From the weakest on. */
    private static final List<String> CACHEABILITY = List.of("NC", "WT", "WB");

    /** From the widest on. */
    private static final List<String> DOMAINS = List.of("OSH", "ISH", "NSH");

    /** What each nibble of a MAIR byte means for Normal memory. */
    private static final List<String> NIBBLES =
            List.of("?", "WT", "WT", "WT", "NC", "WB", "WB", "WB", "WT", "WT", "WT", "WT", "WB", "WB", "WB", "WB");

    /** MAIR bytes, one for each type that stage 1 can give. */
    private static final int[] TYPES = {0x00, 0x04, 0x08, 0x0C, 0x44, 0x4A, 0x4F, 0xA4, 0xAA, 0xAF, 0xF4, 0xFA, 0xFF};

    private final Machine machine = new Machine("FWB=1");

    private static String type(int memAttr) {
        return memAttr < 4
                ? DEVICES.get(memAttr)
                : CACHEABILITY.get((memAttr >> 2) - 1) + "-" + CACHEABILITY.get((memAttr & 3) - 1);
    }

    private static String domain(Shareability shareability) {
        return shareability.name().replaceAll("([NIO]).*", "$1SH");
    }

    private static String text(MemoryAttributes attributes) {
        return type(attributes.memAttr()) + " " + domain(attributes.shareability());
    }

    private String output() {
        return text(machine.translated(Transaction.read(Machine.STREAM, PAGE)).attributes());
    }

    private String outputFor(MemoryAttributes incoming) {
        Transaction transaction = new Transaction(
                Machine.STREAM, false, 0, PAGE, Access.READ, false, false, AtsKind.UNTRANSLATED, incoming);
        return text(machine.translated(transaction).attributes());
    }

    /** Device and Normal Non-cacheable memory is Outer Shareable on output, whatever was asked for. */
    private static String output(String type, String domain) {
        return DEVICES.contains(type) || type.equals("NC-NC") ? type + " OSH" : type + " " + domain;
    }

    private static String ofMair(int attribute) {
        if (attribute < 16) {
            return attribute % 4 == 0 ? DEVICES.get(attribute / 4) : "nGnRnE";
        }
        return attribute % 16 == 0 ? "nGnRnE" : NIBBLES.get(attribute / 16) + "-" + NIBBLES.get(attribute % 16);
    }

    @Test
    @Rule("A-ATT-03")
    @Rule("A-ATT-08")
    @Rule("A-ATT-15")
    void everyMairByteGivesItsType() {
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39);
        table.map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(1) | Stage1Bits.sh(3) | Stage1Bits.attrIndx(5));
        for (int attribute = 0; attribute < 256; attribute++) {
            machine.stage1(Cd.of(table).mair((long) attribute << 40));
            assertEquals(output(ofMair(attribute), "ISH"), output(), "0x" + Integer.toHexString(attribute));
        }
    }

    @Test
    @Rule("A-ATT-03")
    void attrIndxSelectsTheByteOfMair() {
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39);
        machine.stage1(Cd.of(table).mair(0xFFAF_FAAA_4404_0C08L));
        List<String> types = List.of("nGRE", "GRE", "nGnRE", "NC-NC", "WT-WT", "WB-WT", "WT-WB", "WB-WB");
        for (int index = 0; index < 8; index++) {
            table.map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(1) | Stage1Bits.attrIndx(index));
            assertEquals(output(types.get(index), "NSH"), output());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, NSH", "1, NSH", "2, OSH", "3, ISH"})
    @Rule("A-ATT-03")
    void shareabilityFieldsAreDecoded(int sh, String domain) {
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39)
                .map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(1) | Stage1Bits.sh(sh));
        machine.stage1(Cd.of(table));
        assertEquals("WB-WB " + domain, output());
    }

    @Test
    @Rule("A-ATT-03")
    void incomingTypeAndItsOverridesDoNotReachATranslatedOutput() {
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39)
                .map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(1) | Stage1Bits.sh(3));
        machine.ste(Ste.stage1(LinearCdTable.single(machine.host, Cd.of(table)))
                .memAttr(0b0000)
                .shcfg(0));
        assertEquals("WB-WB ISH", outputFor(new MemoryAttributes(0b0101, Shareability.OUTER_SHAREABLE)));
    }

    /** Nested, for all types and domains of stage 1: the machine reads the same leaf under every one of stage 2. */
    private void forEachCombination(boolean fwb, int memAttr, Expectation expectation) {
        PageTable stage2 = machine.guestStage2();
        PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39);
        LinearCdTable contexts = new LinearCdTable(machine.guest, 0);
        machine.ste(Ste.nested(contexts, stage2).s2fwb(fwb));
        for (int attribute : TYPES) {
            contexts.put(0, Cd.of(stage1).mair(attribute));
            for (int sh = 0; sh < 16; sh++) {
                stage1.map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(1) | Stage1Bits.sh(sh & 3));
                stage2.map(
                        0x5000,
                        0x9000,
                        3,
                        Stage2Bits.AF | Stage2Bits.s2ap(3) | Stage2Bits.sh(sh >> 2) | Stage2Bits.memAttr(memAttr));
                String domain = DOMAINS.get(Math.min(widthOf(sh & 3), widthOf(sh >> 2)));
                assertEquals(output(expectation.of(ofMair(attribute)), domain), output());
            }
        }
    }

    private static int widthOf(int sh) {
        return List.of(2, 2, 0, 1).get(sh);
    }

    private interface Expectation {
        String of(String stage1);
    }

    private static String combined(String first, String second) {
        for (String device : DEVICES) {
            if (first.equals(device) || second.equals(device)) {
                return device;
            }
        }
        return weaker(first.substring(0, 2), second.substring(0, 2)) + "-"
                + weaker(first.substring(3), second.substring(3));
    }

    private static String weaker(String first, String second) {
        return CACHEABILITY.get(Math.min(CACHEABILITY.indexOf(first), CACHEABILITY.indexOf(second)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15})
    @Rule("A-ATT-05")
    @Rule("A-ATT-06")
    @Rule("A-ATT-07")
    @Rule("A-ATT-08")
    void bothStagesCombineToTheMoreRestrictive(int memAttr) {
        forEachCombination(false, memAttr, stage1 -> combined(stage1, type(memAttr)));
    }

    /** MemAttr[2:0] under S2FWB, and what becomes of a Normal and of each Device type of stage 1. */
    @ParameterizedTest
    @CsvSource({
        "0, nGnRnE, nGnRnE, nGnRnE, nGnRnE, nGnRnE", "1, nGnRE, nGnRnE, nGnRE, nGnRE, nGnRE",
        "2, nGRE, nGnRnE, nGnRE, nGRE, nGRE", "3, GRE, nGnRnE, nGnRE, nGRE, GRE",
        "5, NC-NC, nGnRnE, nGnRE, nGRE, GRE", "6, WB-WB, WB-WB, WB-WB, WB-WB, WB-WB",
        "7, same, nGnRnE, nGnRE, nGRE, GRE",
    })
    @Rule("A-ATT-09")
    @Rule("A-ATT-10")
    @Rule("A-ATT-16")
    void forcedWriteBackReadsTheStage2TypeDifferently(
            int memAttr, String normal, String nGnRnE, String nGnRE, String nGre, String gre) {
        List<String> devices = List.of(nGnRnE, nGnRE, nGre, gre);
        forEachCombination(true, memAttr, stage1 -> {
            int device = DEVICES.indexOf(stage1);
            return device >= 0 ? devices.get(device) : normal.equals("same") ? stage1 : normal;
        });
    }

    @Test
    @Rule("A-STE-32")
    void forcedWriteBackIsIgnoredWithoutTheFeature() {
        Machine without = new Machine("FWB=0");
        PageTable stage2 = PageTable.stage2(without.host, Granule.KB4, 39, 1)
                .map(PAGE, 0x5000, 3, Stage2Bits.AF | Stage2Bits.s2ap(3) | Stage2Bits.memAttr(0b0110));
        without.ste(Ste.stage2(stage2).s2fwb(true));
        Transaction read = Transaction.read(Machine.STREAM, PAGE);
        assertEquals("NC-WT ISH", text(without.translated(read).attributes()));
    }

    /** Incoming type and domain, MTCFG with MemAttr or none, SHCFG, and the output of plain bypass. */
    @ParameterizedTest
    @CsvSource({
        "15, INNER_SHAREABLE, -1, 1, WB-WB ISH", "15, NON_SHAREABLE, -1, 1, WB-WB NSH",
        "15, NON_SHAREABLE, -1, 2, WB-WB OSH", "15, OUTER_SHAREABLE, -1, 3, WB-WB ISH",
        "15, OUTER_SHAREABLE, -1, 0, WB-WB NSH", "5, NON_SHAREABLE, -1, 0, NC-NC OSH",
        "3, NON_SHAREABLE, -1, 3, GRE OSH", "15, INNER_SHAREABLE, 10, 1, WT-WT ISH",
        "15, INNER_SHAREABLE, 1, 0, nGnRE OSH", "0, OUTER_SHAREABLE, 15, 0, WB-WB NSH",
        "15, INNER_SHAREABLE, 4, 1, nGnRnE OSH",
    })
    @Rule("A-ATT-01")
    @Rule("A-ATT-02")
    @Rule("A-ATT-08")
    void bypassOutputsTheIncomingAttributesWithTheirOverrides(
            int memAttr, Shareability shareability, int mtcfg, int shcfg, String output) {
        MemoryAttributes incoming = new MemoryAttributes(memAttr, shareability);
        LinearCdTable contexts = new LinearCdTable(machine.host, 2);
        for (Ste plain : List.of(Ste.bypass(), Ste.stage1(contexts).s1dss(1))) {
            Ste ste = plain.shcfg(shcfg);
            machine.ste(mtcfg < 0 ? ste : ste.memAttr(mtcfg));
            assertEquals(output, outputFor(incoming));
        }
    }

    @Test
    @Rule("A-ATT-12")
    void allocationHintsAreNoPartOfTheOutput() {
        for (int alloccfg = 0; alloccfg < 16; alloccfg++) {
            machine.ste(Ste.bypass().with("ALLOCCFG", alloccfg));
            assertEquals("WB-WB ISH", output());
        }
    }

    @Test
    @Rule("A-ATT-04")
    @Rule("A-ATT-11")
    void stage2AloneCombinesWithTheInputAttributes() {
        PageTable stage2 = machine.guestStage2();
        LinearCdTable contexts = new LinearCdTable(machine.guest, 2);
        MemoryAttributes incoming = new MemoryAttributes(0b1011, Shareability.NON_SHAREABLE);
        for (Ste ste : List.of(Ste.stage2(stage2), Ste.nested(contexts, stage2).s1dss(1))) {
            long page = Stage2Bits.AF | Stage2Bits.s2ap(3);
            stage2.map(PAGE, 0x5000, 3, page | Stage2Bits.memAttr(0b1110) | Stage2Bits.sh(3));
            machine.ste(ste);
            assertEquals("WT-WT ISH", outputFor(incoming));
            machine.ste(ste.memAttr(0b0010));
            assertEquals("nGRE OSH", outputFor(incoming));
            machine.ste(ste.shcfg(2));
            assertEquals("WT-WT OSH", outputFor(incoming));
            stage2.map(PAGE, 0x5000, 3, page | Stage2Bits.memAttr(0b0111));
            machine.ste(ste.s2fwb(true));
            assertEquals("WT-WB NSH", outputFor(incoming));
            stage2.map(PAGE, 0x5000, 3, page | Stage2Bits.memAttr(0b0110));
            assertEquals("WB-WB NSH", outputFor(incoming));
        }
    }

    @Test
    @Rule("A-ATT-13")
    void outputPrivilegeAndInstructionAreThoseAfterTheOverrides() {
        machine.ste(Ste.bypass().privcfg(3).instcfg(3));
        TranslationProcedure procedure = machine.procedure();
        assertEquals("[true, true]", access(procedure, Transaction.read(Machine.STREAM, 0)));
        assertEquals("[true, false]", access(procedure, Transaction.write(Machine.STREAM, 0)));
        machine.ste(Ste.bypass());
        Transaction fetch = Transaction.read(Machine.STREAM, 0).withPrivilege(true, true);
        assertEquals("[true, true]", access(procedure, fetch));
        assertEquals("[false, false]", access(procedure, fetch.withPrivilege(false, false)));
    }

    private static String access(TranslationProcedure procedure, Transaction transaction) {
        procedure.translate(transaction);
        var access = procedure.outputAccess(transaction);
        return List.of(access.privileged(), access.instruction()).toString();
    }
}
