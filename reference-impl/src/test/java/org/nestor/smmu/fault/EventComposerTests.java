package org.nestor.smmu.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;

/** Records against literal bits: the transaction is a read of stream 0x87654321, SubstreamID 0xABCDE, at an odd address. */
class EventComposerTests {
    private static final RuleId RULE = RuleId.of("A-WLK-04");
    private static final long ADDRESS = 0xA5FF_0000_1234_5677L;
    private static final long STREAM = 0x8765_4321L << 32;
    private static final long SUBSTREAM = 0xABCD_E800L;
    private static final long PNU = 1L << 33;
    private static final long IND = 1L << 34;
    private static final long RNW = 1L << 35;
    private static final long S2 = 1L << 39;
    private static final long CLASS_TT = 1L << 40;
    private static final long CLASS_IN = 2L << 40;
    private static final long TTRNW = 1L << 44;
    private static final Transaction PLAIN = Transaction.read(0x8765_4321, ADDRESS);
    private static final Transaction READ = PLAIN.withSubstream(0xABCDE);
    private static final Transaction WRITE = Transaction.write(0x8765_4321, ADDRESS);
    private static final OutputAccess DATA = new OutputAccess(false, false);

    private final EventComposer composer = new EventComposer(RuleLog.NONE);

    private EventRecord compose(Transaction transaction, Fault fault, OutputAccess access) {
        return composer.compose(transaction, fault, access, OptionalInt.empty());
    }

    private static Fault configuration(EventType type) {
        return Fault.configuration(type, RULE);
    }

    @ParameterizedTest
    @CsvSource({"C_BAD_STREAMID,2", "C_BAD_STE,4", "C_BAD_CD,A", "F_CFG_CONFLICT,21"})
    @Rule("A-FLT-22")
    void configurationErrorsTellOnlyOfTheStream(EventType type, String code) {
        long number = Long.parseLong(code, 16);
        assertEquals(new EventRecord(number | SUBSTREAM | STREAM, 0, 0, 0), compose(READ, configuration(type), DATA));
        assertEquals(new EventRecord(number | STREAM, 0, 0, 0), compose(PLAIN, configuration(type), DATA));
    }

    @Test
    @Rule("A-FLT-17")
    void disabledStreamIsRecordedWithoutItsSubstream() {
        assertEquals(
                new EventRecord(0x06 | STREAM, 0, 0, 0),
                compose(READ, configuration(EventType.F_STREAM_DISABLED), DATA));
    }

    @Test
    @Rule("A-FLT-17")
    @Rule("A-SSD-10")
    void badSubstreamIsRecordedWithoutSsv() {
        Fault fault = configuration(EventType.C_BAD_SUBSTREAMID);
        assertEquals(new EventRecord(0xABCD_E008L | STREAM, 0, 0, 0), compose(READ, fault, DATA));
        assertEquals(new EventRecord(0x08 | STREAM, 0, 0, 0), compose(PLAIN, fault, DATA));
    }

    @ParameterizedTest
    @CsvSource({"F_STE_FETCH,3", "F_CD_FETCH,9", "F_VMS_FETCH,25"})
    @Rule("A-FLT-18")
    void fetchAbortsTellOfTheAddressFetched(EventType type, String code) {
        assertEquals(
                new EventRecord(Long.parseLong(code, 16) | SUBSTREAM | STREAM, 0, 0, 0xF_1234_5678_9AB8L),
                compose(READ, Fault.fetch(type, 0xF_1234_5678_9ABCL, RULE), DATA));
    }

    @Test
    @Rule("A-FLT-23")
    void unsupportedTransactionIsRecordedAsPresented() {
        assertEquals(
                new EventRecord(0x01 | SUBSTREAM | STREAM, PNU | IND | RNW, ADDRESS, 0),
                compose(READ.withPrivilege(true, true), configuration(EventType.F_UUT), DATA));
    }

    @Test
    void forbiddenTranslationTellsOfDirectionAndAddress() {
        Transaction translated = READ.withPrivilege(true, true).withAts(AtsKind.TRANSLATED);
        assertEquals(
                new EventRecord(0x07 | SUBSTREAM | STREAM, RNW, ADDRESS, 0),
                compose(translated, configuration(EventType.F_TRANSL_FORBIDDEN), new OutputAccess(true, true)));
    }

    @Test
    void badTranslationRequestTellsWhatWasAskedFor() {
        Transaction request = WRITE.withPrivilege(true, false).withAts(AtsKind.TRANSLATION_REQUEST);
        assertEquals(
                new EventRecord(0x05 | STREAM, 1L << 33 | 1L << 35 | 1L << 36 | 1L << 44, ADDRESS & -4096, 0),
                compose(request, configuration(EventType.F_BAD_ATS_TREQ), DATA));
    }

    @ParameterizedTest
    @CsvSource({"F_TRANSLATION,10", "F_ADDR_SIZE,11", "F_ACCESS,12", "F_PERMISSION,13"})
    @Rule("A-FLT-08")
    @Rule("A-FLT-09")
    @Rule("A-FLT-12")
    @Rule("A-FLT-16")
    @Rule("A-FLT-20")
    void stage1FaultsHaveClassInAndNoIpa(EventType type, String code) {
        assertEquals(
                new EventRecord(Long.parseLong(code, 16) | SUBSTREAM | STREAM, CLASS_IN | RNW, ADDRESS, 0),
                compose(READ, Fault.stage1(type, RULE), DATA));
    }

    @Test
    @Rule("A-FLT-10")
    @Rule("A-FLT-11")
    @Rule("A-FLT-20")
    void stage2FaultsTellOfThePageOfTheIpa() {
        Fault fault = Fault.stage2(EventType.F_ACCESS, FaultClass.IN, 0xFFF_0000_1234_5677L, RULE);
        assertEquals(
                new EventRecord(0x12 | STREAM, S2 | CLASS_IN | RNW, ADDRESS, 0xF_0000_1234_5000L),
                compose(PLAIN, fault, DATA));
    }

    @Test
    @Rule("A-NST-05")
    @Rule("A-FLT-23")
    void clientIsDescribedAfterTheOverridesWhateverAccessFailed() {
        Fault table = new Fault(EventType.F_PERMISSION, true, FaultClass.TT, 0x5000, 0, true, RULE);
        assertEquals(
                new EventRecord(0x13 | STREAM, S2 | CLASS_TT | PNU, ADDRESS, 0x5000),
                compose(WRITE, table, new OutputAccess(true, false)));
        Fault context = Fault.stage2(EventType.F_TRANSLATION, FaultClass.CD, 0x5000, RULE);
        assertEquals(
                new EventRecord(0x10 | SUBSTREAM | STREAM, S2 | PNU | IND | RNW, ADDRESS, 0x5000),
                compose(READ, context, new OutputAccess(true, true)));
    }

    @Test
    @Rule("A-FLT-22")
    void permissionFaultOfATableAccessTellsItsDirection() {
        Fault read = new Fault(EventType.F_PERMISSION, true, FaultClass.TT, 0x5000, 0, false, RULE);
        assertEquals(S2 | CLASS_TT | RNW | TTRNW, compose(PLAIN, read, DATA).dw1());
        Fault access = new Fault(EventType.F_ACCESS, true, FaultClass.TT, 0x5000, 0, false, RULE);
        assertEquals(S2 | CLASS_TT | RNW, compose(PLAIN, access, DATA).dw1());
        Fault input = new Fault(EventType.F_PERMISSION, true, FaultClass.IN, 0x5000, 0, false, RULE);
        assertEquals(S2 | CLASS_IN | RNW, compose(PLAIN, input, DATA).dw1());
    }

    @Test
    @Rule("A-PRM-02")
    void writeIsRecordedAsData() {
        Fault fault = Fault.stage1(EventType.F_PERMISSION, RULE);
        assertEquals(
                CLASS_IN, compose(WRITE, fault, new OutputAccess(false, true)).dw1());
    }

    @Test
    @Rule("A-FLT-16")
    void stallHasItsStag() {
        Fault fault = Fault.stage1(EventType.F_TRANSLATION, RULE);
        assertEquals(
                new EventRecord(0x10 | STREAM, 0x8000_BEEFL | CLASS_IN | RNW, ADDRESS, 0),
                composer.compose(PLAIN, fault, DATA, OptionalInt.of(0xBEEF)));
    }

    @Test
    @Rule("A-FLT-12")
    void walkAbortTellsOfTheDescriptor() {
        Fault stage1 = new Fault(EventType.F_WALK_EABT, false, FaultClass.TT, 0, 0x9008, false, RULE);
        assertEquals(new EventRecord(0x0B | STREAM, CLASS_TT | RNW, ADDRESS, 0x9008), compose(PLAIN, stage1, DATA));
        Fault stage2 = new Fault(EventType.F_WALK_EABT, true, FaultClass.IN, 0x7000, 0x9008, false, RULE);
        assertEquals(
                new EventRecord(0x0B | STREAM, S2 | CLASS_IN | RNW, ADDRESS, 0x9008), compose(PLAIN, stage2, DATA));
    }

    @Test
    void tlbConflictHasNoClass() {
        Fault fault = Fault.stage2(EventType.F_TLB_CONFLICT, FaultClass.IN, 0x7123, RULE);
        assertEquals(new EventRecord(0x20 | STREAM, S2 | RNW, ADDRESS, 0x7000), compose(PLAIN, fault, DATA));
    }

    @Test
    @Rule("A-FLT-21")
    void pageRequestHintIsNeverComplete() {
        assertEquals(
                new EventRecord(0x24 | STREAM, 0, 0, 0), compose(PLAIN, configuration(EventType.E_PAGE_REQUEST), DATA));
    }
}
