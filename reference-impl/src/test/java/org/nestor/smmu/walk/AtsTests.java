package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer.Completed;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer.Failed;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Nested: input 0x1000 is IPA 0x5000 is physical 0x9000. */
class AtsTests {
    private static final long PAGE = 0x1000;
    private static final int RECINVSID = 1 << 1;
    private static final int REC_CFG_ATS = 1 << 3;
    private static final int BOTH = RECINVSID | REC_CFG_ATS;

    private final Machine machine = new Machine("ATSRECERR=1");
    private final PageTable stage2 = machine.guestStage2();
    private final PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39);
    private final LinearCdTable contexts = new LinearCdTable(machine.guest, 0);

    @BeforeEach
    void translateOnePage() {
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        stage2.map(0x5000, 0x9000, 3, Stage2Bits.READ_WRITE);
        contexts.put(0, Cd.of(stage1));
        machine.atsChk(true).ste(nested(1));
    }

    private Ste nested(int eats) {
        return Ste.nested(contexts, stage2).eats(eats);
    }

    /** {@code UR C_BAD_STE}, {@code CA C_BAD_STE recorded}, or {@code 0x9000 RW}. */
    private static String text(Machine machine, Transaction transaction) {
        AtsAnswer answer = assertInstanceOf(AtsAnswer.class, machine.translate(transaction));
        if (answer instanceof Failed failed) {
            return (failed.unsupported() ? "UR " : "CA ")
                    + Machine.text(failed.refusal())
                    + (failed.recorded() ? " recorded" : "");
        }
        Completed completed = (Completed) answer;
        if (completed.permissions().isEmpty()) {
            return "none";
        }
        String letters = new TreeSet<>(completed.permissions())
                .stream().map(permission -> permission.name().substring(0, 1)).collect(Collectors.joining());
        return "0x" + Long.toHexString(completed.translation().physicalAddress(transaction.address())) + " " + letters;
    }

    private String text(Transaction transaction) {
        return text(machine, transaction);
    }

    private static Transaction request(Access access, long address) {
        return Transaction.of(Machine.STREAM, address, access).withAts(AtsKind.TRANSLATION_REQUEST);
    }

    private String request(long address) {
        return text(request(Access.WRITE, address));
    }

    private String translated(long address) {
        return machine.outcome(Transaction.read(Machine.STREAM, address).withAts(AtsKind.TRANSLATED));
    }

    /** Config, EATS, ATSCHK, then a Translation Request and a Translated access to IPA 0x5000. */
    @ParameterizedTest
    @CsvSource({
        "7, 0, true, UR F_BAD_ATS_TREQ recorded, F_TRANSL_FORBIDDEN", "7, 1, true, 0x9000 RW, 0x5000",
        "7, 2, true, 0x5000 RW, 0x9000", "7, 3, true, UR F_BAD_ATS_TREQ recorded, F_TRANSL_FORBIDDEN",
        "7, 0, false, UR F_BAD_ATS_TREQ recorded, 0x5000", "7, 1, false, 0x9000 RW, 0x5000",
        "7, 2, false, UR F_BAD_ATS_TREQ recorded, 0x5000", "7, 3, false, UR F_BAD_ATS_TREQ recorded, 0x5000",
        "4, 1, true, UR F_BAD_ATS_TREQ recorded, F_TRANSL_FORBIDDEN", "4, 1, false, UR F_BAD_ATS_TREQ recorded, 0x5000",
        "0, 1, true, UR abort, abort", "0, 1, false, UR abort, 0x5000",
    })
    @Rule("A-ATS-01")
    @Rule("A-ATS-02")
    @Rule("A-ATS-03")
    @Rule("A-ATS-04")
    @Rule("A-ATS-05")
    @Rule("A-STE-35")
    void effectiveEatsDecidesAboutBothKinds(int config, int eats, boolean atsChk, String request, String translated) {
        machine.atsChk(atsChk).ste(nested(eats).config(config));
        assertEquals(request, request(PAGE));
        assertEquals(translated, translated(0x5000));
    }

    @Test
    @Rule("A-STE-33")
    void eatsIsIgnoredWithoutAts() {
        Machine without = new Machine("ATS=0 PRI=0");
        PageTable table =
                PageTable.stage2(without.host, Granule.KB4, 39, 1).map(PAGE, 0x9000, 3, Stage2Bits.READ_WRITE);
        without.atsChk(true).ste(Ste.stage2(table).eats(1));
        assertEquals(
                "F_TRANSL_FORBIDDEN",
                without.outcome(Transaction.read(Machine.STREAM, PAGE).withAts(AtsKind.TRANSLATED)));
    }

    @Test
    @Rule("A-ATS-02")
    void singleStagesAnswerWithTheirOwnTranslation() {
        machine.ste(Ste.stage2(stage2).eats(1));
        assertEquals("0x9000 RW", request(0x5000));
        PageTable plain = PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x7000, 3, Stage1Bits.READ_WRITE);
        machine.ste(Ste.stage1(LinearCdTable.single(machine.host, Cd.of(plain))).eats(1));
        assertEquals("0x7000 RW", request(PAGE));
    }

    /** S2AP and AP[2:1] of the page, asked by an unprivileged request for writing. */
    @ParameterizedTest
    @CsvSource({"3, 1, RW", "1, 1, R", "2, 1, W", "3, 3, R", "1, 3, R"})
    @Rule("A-ATS-02")
    @Rule("A-ATS-03")
    @Rule("A-ATS-06")
    void permissionsAreThoseThatBothStagesGrant(int s2ap, int ap, String letters) {
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(ap));
        stage2.map(0x5000, 0x9000, 3, Stage2Bits.AF | Stage2Bits.s2ap(s2ap));
        assertEquals("0x9000 " + letters, request(PAGE));
        machine.ste(nested(2));
        assertEquals("0x5000 " + letters, request(PAGE));
    }

    @Test
    @Rule("A-ATS-06")
    void nothingMoreThanAskedForIsGranted() {
        assertEquals("0x9000 R", text(request(Access.READ, PAGE)));
        assertEquals("0x9000 RE", text(request(Access.READ, PAGE).withPrivilege(false, true)));
        assertEquals("0x9000 RWE", text(request(Access.WRITE, PAGE).withPrivilege(false, true)));
        assertEquals("0x9000 RW", text(request(Access.WRITE, PAGE).withPrivilege(true, true)));
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(0));
        assertEquals("none", request(PAGE));
        assertEquals("0x9000 RWE", text(request(Access.WRITE, PAGE).withPrivilege(true, true)));
    }

    @Test
    @Rule("A-ATS-06")
    @Rule("A-STL-17")
    void translationFaultsOfAnyAccessAreAnAnswerWithoutPermissions() {
        contexts.put(0, Cd.of(stage1).s(true));
        machine.cr2(BOTH).ste(nested(1));
        assertEquals("none", request(0x2000));
        stage1.map(0x2000, 0x5000, 3, Stage1Bits.ap(1));
        assertEquals("none", request(0x2000));
        stage1.map(0x3000, 0x6000, 3, Stage1Bits.READ_WRITE);
        assertEquals("none", request(0x3000));
        contexts.put(0, Cd.of(stage1).ips(2));
        stage1.map(0x4000, 1L << 40, 3, Stage1Bits.READ_WRITE);
        assertEquals("none", request(0x4000));
        stage2.poke(Machine.ipaOf(stage1.descriptorAddress(PAGE, 1)), 3, 0);
        assertEquals("none", request(PAGE));
        stage2.poke(contexts.s1ContextPtr(), 3, 0);
        assertEquals("none", request(PAGE));
    }

    /** IDR0.ATSRECERR, CR2, and whether errors other than C_BAD_STREAMID, and C_BAD_STREAMID, are recorded. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, false, false",
        "1, 8, true, false",
        "1, 10, true, true",
        "1, 2, false, false",
        "0, 10, false, false"
    })
    @Rule("A-ATS-06")
    @Rule("A-ATS-07")
    @Rule("A-ATS-13")
    void configurationErrorsAreCompleterAborts(int atsrecerr, int cr2, boolean recorded, boolean badStream) {
        Machine other = new Machine("ATSRECERR=" + atsrecerr).cr2(cr2).atsChk(true);
        String end = recorded ? " recorded" : "";
        Transaction request = request(Access.READ, PAGE);
        Transaction translated = request.withAts(AtsKind.TRANSLATED);
        assertEquals("CA C_BAD_STE" + end, text(other, request));
        assertEquals(recorded ? "C_BAD_STE" : "abort", other.outcome(translated));
        PageTable table = PageTable.stage1(other.host, Granule.KB4, 39);
        LinearCdTable cds = LinearCdTable.single(other.host, Cd.of(table).ttb0(Machine.HOLE));
        other.ste(Ste.stage1(cds).eats(1));
        assertEquals("CA F_WALK_EABT TT @0x800000000" + end, text(other, request));
        other.ste(Ste.stage1(cds).eats(1).s1ContextPtr(Machine.HOLE));
        assertEquals("CA F_CD_FETCH @0x800000000" + end, text(other, request));
        cds.put(0, Cd.of(table).v(false));
        other.ste(Ste.stage1(cds).eats(1));
        assertEquals("CA C_BAD_CD" + end, text(other, request));
        Transaction elsewhere = Transaction.read(0x100, PAGE).withAts(AtsKind.TRANSLATION_REQUEST);
        assertEquals("CA C_BAD_STREAMID" + (badStream ? " recorded" : ""), text(other, elsewhere));
        String refused = other.outcome(elsewhere.withAts(AtsKind.TRANSLATED));
        assertEquals(badStream ? "C_BAD_STREAMID" : "abort", refused);
    }

    @Test
    @Rule("A-ATS-07")
    void refusedRequestsAreRecordedWhateverCr2Says() {
        machine.cr2(0).ste(nested(0));
        assertEquals("UR F_BAD_ATS_TREQ recorded", request(PAGE));
        assertEquals("F_TRANSL_FORBIDDEN", translated(PAGE));
    }

    @Test
    @Rule("A-FLT-01")
    void atsIsJudgedBeforeTheSubstream() {
        machine.ste(nested(0));
        assertEquals(
                "UR F_BAD_ATS_TREQ recorded", text(request(Access.READ, PAGE).withSubstream(1)));
        machine.ste(nested(1));
        assertEquals("CA C_BAD_SUBSTREAMID", text(request(Access.READ, PAGE).withSubstream(1)));
    }

    /** S1DSS and EATS, without a SubstreamID and with SubstreamID 0, where stage 1 has substreams. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, CA F_STREAM_DISABLED, 0x9000 RW", "3, 1, CA F_STREAM_DISABLED, 0x9000 RW",
        "2, 1, 0x9000 RW, CA F_STREAM_DISABLED", "1, 1, 0xb000 RW, 0x9000 RW",
        "0, 2, CA F_STREAM_DISABLED, 0x5000 RW", "1, 2, 0x1000 RW, 0x5000 RW",
    })
    @Rule("A-SSD-12")
    @Rule("A-ATS-03")
    void s1dssDecidesAboutRequestsAsAboutAccesses(int s1dss, int eats, String without, String zero) {
        LinearCdTable table = new LinearCdTable(machine.guest, 1);
        table.put(0, Cd.of(stage1));
        stage2.map(PAGE, 0xB000, 3, Stage2Bits.READ_WRITE);
        machine.ste(Ste.nested(table, stage2).eats(eats).s1dss(s1dss));
        assertEquals(without, request(PAGE));
        assertEquals(zero, text(request(Access.WRITE, PAGE).withSubstream(0)));
    }

    @Test
    @Rule("A-SSD-12")
    void requestOfAStreamThatBypassesStage1AloneIsAnsweredByIdentity() {
        machine.ste(Ste.stage1(new LinearCdTable(machine.host, 1)).eats(1).s1dss(1));
        assertEquals("0x123456 RW", request(0x12_3456));
    }

    @Test
    @Rule("A-ATS-09")
    void identityEndsWhereAddressesDo() {
        machine.ste(Ste.stage1(new LinearCdTable(machine.host, 1)).eats(1).s1dss(1));
        Completed answer = assertInstanceOf(Completed.class, machine.translate(request(Access.READ, PAGE)));
        assertEquals((1L << 48) - 1, answer.translation().offsetMask());
        assertEquals(0, answer.translation().outputBase());
    }

    @Test
    @Rule("A-ATS-08")
    void onlyARequestForWritingMarksPagesDirty() {
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.DBM | Stage1Bits.ap(3));
        stage2.map(0x5000, 0x9000, 3, Stage2Bits.DBM | Stage2Bits.s2ap(1));
        contexts.put(0, Cd.of(stage1).ha(true).hd(true));
        machine.ste(nested(1).s2ha(true).s2hd(true));
        assertEquals("0x9000 R", text(request(Access.READ, PAGE)));
        assertEquals(Stage1Bits.ap(3), stage1.peek(PAGE, 3) & Stage1Bits.ap(3));
        assertEquals(Stage2Bits.s2ap(1), stage2.peek(0x5000, 3) & Stage2Bits.s2ap(3));
        assertEquals("0x9000 RW", request(PAGE));
        assertEquals(Stage1Bits.ap(1), stage1.peek(PAGE, 3) & Stage1Bits.ap(3));
        assertEquals(Stage2Bits.s2ap(3), stage2.peek(0x5000, 3) & Stage2Bits.s2ap(3));
    }

    /** Levels of the two leaves and log2 of the range that the answer covers, full and split. */
    @ParameterizedTest
    @CsvSource({"3, 3, 12", "2, 3, 12", "3, 2, 12", "2, 2, 21", "1, 2, 21"})
    @Rule("A-ATS-09")
    void answerCoversThePageOfTheSmallerStage(int level1, int level2, int shift) {
        stage1.map(0x40_0000_0000L, 0x4000_0000L, level1, Stage1Bits.READ_WRITE);
        stage2.map(0x4000_0000L, 0x8000_0000L, level2, Stage2Bits.READ_WRITE);
        for (int eats = 1; eats <= 2; eats++) {
            machine.ste(nested(eats));
            Completed answer =
                    assertInstanceOf(Completed.class, machine.translate(request(Access.READ, 0x40_0000_0ABCL)));
            assertEquals((1L << shift) - 1, answer.translation().offsetMask());
            assertEquals(
                    eats == 1 ? 0x8000_0000L : 0x4000_0000L,
                    answer.translation().outputBase());
        }
    }

    @Test
    @Rule("A-ATS-03")
    void translatedAccessOfASplitStreamFaultsInStage2AsAnyOther() {
        machine.ste(nested(2));
        assertEquals("F_TRANSLATION S2 IN ipa=0x1000", translated(PAGE));
        stage2.map(PAGE, 0x9000, 3, Stage2Bits.s2ap(3));
        assertEquals("F_ACCESS S2 IN ipa=0x1000", translated(PAGE));
    }

    @Test
    @Rule("A-ATS-04")
    void uncheckedTranslatedAccessBeyondOasIsAbortedSilently() {
        machine.atsChk(false);
        assertEquals("0xffffffffffff", translated((1L << 48) - 1));
        assertEquals("abort", translated(1L << 48));
        Transaction nowhere = Transaction.read(0x7777, PAGE).withAts(AtsKind.TRANSLATED);
        assertEquals("0x1000", machine.outcome(nowhere));
    }

    @Test
    @Rule("A-PRI-02")
    @Rule("A-PRI-04")
    void priResponsesTakeTheirPasidBitFromAValidSte() {
        assertEquals(Optional.of(false), machine.procedure().priResponsePasid(Machine.STREAM));
        machine.ste(nested(1).with("PPAR", 1));
        assertEquals(Optional.of(true), machine.procedure().priResponsePasid(Machine.STREAM));
        machine.ste(nested(1).with("PPAR", 1).v(false));
        assertEquals(Optional.empty(), machine.procedure().priResponsePasid(Machine.STREAM));
    }

    /** A clean page whose dirty update aborts: reading alone would do, but the request as a whole fails. */
    @Test
    @Rule("A-ATS-06")
    void abortMetByOneOfTheRightsFailsTheRequest() {
        Machine aborting = new Machine(Ids.full(""), memory -> new UncachedReader(memory) {
            @Override
            public boolean update(long address, long expected, long desired) {
                throw new ExternalAbort(address);
            }
        });
        PageTable table = PageTable.stage1(aborting.host, Granule.KB4, 39)
                .map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.DBM | Stage1Bits.ap(3));
        aborting.ste(Ste.stage1(LinearCdTable.single(
                        aborting.host, Cd.of(table).ha(true).hd(true)))
                .eats(1));
        String at = "@0x" + Long.toHexString(table.descriptorAddress(PAGE, 3));
        assertEquals("0x5000 R", text(aborting, request(Access.READ, PAGE)));
        assertEquals("CA F_WALK_EABT TT " + at, text(aborting, request(Access.WRITE, PAGE)));
    }
}
