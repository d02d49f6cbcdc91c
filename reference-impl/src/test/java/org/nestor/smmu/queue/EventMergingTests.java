package org.nestor.smmu.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;

class EventMergingTests {
    private static final EventRecord TRANSLATION = new EventRecord(0x10, 0x800000000L, 0x5123, 0);
    private static final EventRecord NEAR = new EventRecord(0x10, 0x800000000L, 0x5FFF, 0);

    private final EventMerging merging = EventMerging.whenAllowed();

    @Test
    @Rule("A-MEV-02")
    @Rule("A-MEV-05")
    void recordsThatDifferInThePageOffsetMerge() {
        assertTrue(merging.merges(TRANSLATION, NEAR, true));
        assertFalse(merging.merges(TRANSLATION, new EventRecord(0x10, 0x800000000L, 0x6123, 0), true));
        assertFalse(merging.merges(TRANSLATION, new EventRecord(0x10, 0, 0x5123, 0), true));
        assertFalse(merging.merges(TRANSLATION, new EventRecord(0x10 | 1L << 32, 0x800000000L, 0x5123, 0), true));
        assertFalse(merging.merges(TRANSLATION, new EventRecord(0x10, 0x800000000L, 0x5123, 0x1000), true));
    }

    @Test
    @Rule("A-MEV-01")
    void recordsOfAStreamThatDoesNotAskForItStayApart() {
        assertFalse(merging.merges(TRANSLATION, NEAR, false));
    }

    @Test
    @Rule("A-MEV-03")
    void stallRecordsNeverMerge() {
        EventRecord stall = new EventRecord(0x10, 0x880000000L, 0x5123, 0);
        assertFalse(merging.merges(stall, stall, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x02, 0x03, 0x04})
    @Rule("A-MEV-04")
    void fourTypesMergeForEveryStream(int code) {
        EventRecord event = new EventRecord(code, 0, 0, 0);
        assertTrue(merging.merges(event, event, false));
    }

    /** C_BAD_SUBSTREAMID, F_STREAM_DISABLED, F_CD_FETCH, C_BAD_CD, F_WALK_EABT. */
    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x06, 0x09, 0x0A, 0x0B})
    @Rule("A-MEV-04")
    void otherTypesMergeOnlyForAStreamThatAsksForIt(int code) {
        EventRecord event = new EventRecord(code, 0, 0, 0);
        assertFalse(merging.merges(event, event, false));
        assertTrue(merging.merges(event, event, true));
    }

    @Test
    @Rule("A-MEV-06")
    void mergingIsOffUnlessAskedFor() {
        assertFalse(EventMerging.never().merges(TRANSLATION, TRANSLATION, true));
    }

    @Test
    @Rule("A-MEV-02")
    void queueMergesIntoTheLastRecordUntilSoftwareTakesIt() {
        IdRegisters ids = Profile.FULL.idRegisters();
        PhysicalMemory memory = SparseMemory.ram(0, 0x10000);
        RegisterBank bank = new RegisterBank();
        GlobalErrors errors = new GlobalErrors(bank, RuleLog.NONE);
        QueueContext context = new QueueContext(
                bank,
                memory,
                errors,
                new InterruptController(bank, ids, memory, errors, RuleLog.NONE),
                new QueueArithmetic(),
                RuleLog.NONE);
        EventQueue queue = new EventQueue(context, ids, merging);
        bank.set(Register.CR0ACK, 4);
        bank.set(Register.EVENTQ_BASE, 0x1000 | 3);
        assertTrue(queue.write(TRANSLATION, true));
        assertTrue(queue.write(NEAR, true));
        assertEquals(1, bank.get(Register.EVENTQ_PROD));
        assertEquals(0x5123, memory.read64(0x1010));
        queue.write(TRANSLATION, false);
        assertEquals(2, bank.get(Register.EVENTQ_PROD));
        bank.set(Register.EVENTQ_CONS, 2);
        queue.write(NEAR, true);
        assertEquals(3, bank.get(Register.EVENTQ_PROD));
    }
}
