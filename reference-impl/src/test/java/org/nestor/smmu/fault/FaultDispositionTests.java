package org.nestor.smmu.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Disposition.End;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;

class FaultDispositionTests {
    private static final RuleId RULE = RuleId.of("A-WLK-04");
    private static final Transaction READ = Transaction.read(1, 0x5000);
    private static final FaultGovernance RAZ_WI_SILENTLY = new FaultGovernance(false, false, false);
    private static final FaultGovernance STALLING = new FaultGovernance(true, false, false);

    private final FaultDisposition disposition = new FaultDisposition(RuleLog.NONE);

    private Disposition decide(Refusal refusal, FaultGovernance governance) {
        return disposition.decide(READ, refusal, governance, true);
    }

    @ParameterizedTest
    @CsvSource({
        "false,false,false,RAZ_WI,false",
        "false,false,true,ABORT,false",
        "false,true,false,RAZ_WI,true",
        "false,true,true,ABORT,true",
        "true,false,false,STALL,true",
        "true,true,true,STALL,true",
        "true,false,true,STALL,true"
    })
    @Rule("A-TRM-01")
    @Rule("A-FLT-13")
    void stage1FaultFollowsTheContextDescriptor(
            boolean stall, boolean record, boolean abort, End end, boolean recorded) {
        FaultGovernance governance = new FaultGovernance(stall, record, abort);
        for (EventType type : EventType.values()) {
            if (type.isTranslationRelated()) {
                assertEquals(new Disposition(end, recorded), decide(Fault.stage1(type, RULE), governance));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Rule("A-TRM-02")
    @Rule("A-TRM-03")
    @Rule("A-TRM-04")
    void stage2FaultAbortsOrStallsWhateverItsClass(FaultClass faultClass) {
        Fault fault = Fault.stage2(EventType.F_TRANSLATION, faultClass, 0x5000, RULE);
        assertEquals(new Disposition(End.ABORT, false), decide(fault, new FaultGovernance(false, false, true)));
        assertEquals(new Disposition(End.ABORT, true), decide(fault, new FaultGovernance(false, true, true)));
        assertEquals(new Disposition(End.ABORT, false), decide(fault, RAZ_WI_SILENTLY));
        assertEquals(new Disposition(End.STALL, true), decide(fault, new FaultGovernance(true, false, true)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"F_TRANSLATION", "F_ADDR_SIZE", "F_ACCESS", "F_PERMISSION"})
    @Rule("A-FLT-14")
    @Rule("A-TRM-05")
    @Rule("A-STL-01")
    @Rule("A-EVQ-15")
    void everyOtherEventAbortsAndIsRecorded(EventType type) {
        Fault fault = Fault.configuration(type, RULE);
        assertEquals(new Disposition(End.ABORT, true), decide(fault, RAZ_WI_SILENTLY));
        assertEquals(new Disposition(End.ABORT, true), decide(fault, STALLING));
    }

    @Test
    @Rule("A-EVQ-16")
    void invalidStreamIsRecordedOnRequest() {
        Fault fault = Fault.configuration(EventType.C_BAD_STREAMID, RULE);
        assertFalse(disposition.decide(READ, fault, STALLING, false).recorded());
        assertTrue(disposition.decide(READ, fault, STALLING, true).recorded());
        Fault other = Fault.configuration(EventType.C_BAD_STE, RULE);
        assertTrue(disposition.decide(READ, other, STALLING, false).recorded());
    }

    @Test
    @Rule("A-EVQ-17")
    void silentAbortIsSilent() {
        assertEquals(new Disposition(End.ABORT, false), decide(new Refusal.SilentAbort(RULE), STALLING));
    }

    @Test
    @Rule("A-STL-17")
    void accessesOfAtsNeverStall() {
        Fault fault = Fault.stage2(EventType.F_TRANSLATION, FaultClass.IN, 0x5000, RULE);
        Disposition decided = disposition.decide(
                READ.withAts(AtsKind.TRANSLATED), fault, new FaultGovernance(true, true, true), true);
        assertEquals(new Disposition(End.ABORT, true), decided);
    }

    @Test
    @Rule("A-STL-21")
    @Rule("A-TRM-08")
    void everyClientCanStallAndNoneIsSpeculative() {
        assertTrue(disposition.canStall(READ));
        assertFalse(disposition.speculative(READ));
    }

    @Test
    @Rule("A-FLT-24")
    void speculativeTransactionAbortsSilently() {
        FaultDisposition speculating = new FaultDisposition(RuleLog.NONE) {
            @Override
            protected boolean speculative(Transaction transaction) {
                return true;
            }
        };
        Fault fault = Fault.configuration(EventType.C_BAD_STE, RULE);
        assertEquals(new Disposition(End.ABORT, false), speculating.decide(READ, fault, STALLING, true));
    }
}
