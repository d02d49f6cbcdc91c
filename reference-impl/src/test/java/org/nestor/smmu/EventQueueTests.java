package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;

/** The event queue of four entries, fed by faults of the stream that names their order. */
class EventQueueTests {
    private static final long EVENTQ_ABT_ERR = 1 << 2;

    private final Rig rig = new Rig().enable(Rig.ALL);

    EventQueueTests() {
        rig.errorAt(0x5000, EventType.C_BAD_STE);
        rig.stallAt(0x6000);
    }

    private void faults(int... streams) {
        IntStream.of(streams).forEach(stream -> rig.read(stream, 0x5000));
    }

    private List<Integer> recordedStreams() {
        return rig.events().stream().map(EventRecord::streamId).toList();
    }

    private long prod() {
        return rig.smmu.read(Register.EVENTQ_PROD);
    }

    @Test
    @Rule("A-EVQ-02")
    @Rule("A-EVQ-09")
    void recordsAreWrittenAtProdInOrder() {
        faults(1, 2);
        assertEquals(2, prod());
        assertEquals(new EventRecord(0x04 | 1L << 32, 0, 0, 0), rig.record(0));
        assertEquals(new EventRecord(0x04 | 2L << 32, 0, 0, 0), rig.record(1));
        rig.events();
        faults(3, 4, 5);
        assertEquals(5, prod());
        assertEquals(5, rig.record(0).streamId());
        assertEquals(List.of(3, 4, 5), recordedStreams());
    }

    @Test
    @Rule("A-EVQ-01")
    @Rule("A-EVQ-03")
    @Rule("A-EVQ-04")
    @Rule("A-EVQ-11")
    @Rule("A-EVQ-13")
    void fullQueueLosesRecordsAndTogglesTheOverflowFlagOnce() {
        faults(1, 2, 3, 4);
        assertEquals(4, prod());
        assertEquals(new DmaResult.Abort(), rig.read(5, 0x5000));
        assertEquals(0x8000_0004L, prod());
        faults(6);
        assertEquals(0x8000_0004L, prod());
        assertEquals(0, rig.errors());
        assertEquals(List.of(1, 2, 3, 4), recordedStreams());
    }

    @Test
    @Rule("A-EVQ-05")
    void acknowledgedOverflowIsReportedAnewByTheOtherValue() {
        faults(1, 2, 3, 4, 5);
        rig.events();
        assertFalse(rig.overflowed());
        faults(6, 7, 8, 9, 10);
        assertEquals(0, prod());
        assertTrue(rig.overflowed());
        assertEquals(List.of(6, 7, 8, 9), recordedStreams());
    }

    @Test
    @Rule("A-EVQ-08")
    void freedSpaceIsUsedWhileTheOverflowIsUnacknowledged() {
        faults(1, 2, 3, 4, 5);
        rig.smmu.write(Register.EVENTQ_CONS, 2);
        faults(6, 7);
        assertTrue(rig.overflowed());
        assertEquals(6, rig.record(0).streamId());
        assertEquals(7, rig.record(1).streamId());
        assertEquals(0x8000_0006L, prod());
    }

    @Test
    @Rule("A-EVQ-06")
    @Rule("A-EVQ-07")
    void stallRecordWaitsForSpaceWithoutOverflow() {
        faults(1, 2, 3, 4);
        assertEquals(new DmaResult.Stalled(0), rig.read(5, 0x6000));
        assertEquals(4, prod());
        assertFalse(rig.overflowed());
        assertEquals(List.of(1, 2, 3, 4), recordedStreams());
        assertEquals(List.of(5), recordedStreams());
        assertEquals(List.of(), rig.smmu.step());
    }

    @Test
    @Rule("A-CTL-10")
    @Rule("A-EVQ-06")
    void stallRecordWaitsForTheQueueToBeEnabled() {
        rig.enable(Rig.SMMUEN);
        rig.read(5, 0x6000);
        assertEquals(0, prod());
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        assertEquals(1, prod());
        assertTrue(rig.record(0).stall());
        assertEquals(5, rig.record(0).streamId());
    }

    @Test
    @Rule("A-EVQ-18")
    @Rule("A-SYN-14")
    void stallRecordThatACmdSyncOutlivesIsReplacedByARetry() {
        faults(1, 2, 3, 4);
        rig.read(5, 0x6000);
        rig.mapAt(0x6000);
        rig.sync();
        assertEquals(List.of(1, 2, 3, 4), recordedStreams());
        assertEquals(List.of(), recordedStreams());
        assertEquals(0, rig.smmu.step().get(0).stag());
    }

    /** It may be retried meanwhile too; this SMMU waits. */
    @Test
    @Rule("A-EVQ-18")
    void transactionWhoseRecordIsToBeReplacedIsRetriedOnceTheQueueIsWritable() {
        faults(1, 2, 3, 4);
        rig.read(5, 0x6000);
        rig.sync();
        rig.mapAt(0x6000);
        int translated = rig.translation.transactions.size();
        assertEquals(List.of(), rig.smmu.step());
        assertEquals(translated, rig.translation.transactions.size());
        assertEquals(List.of(1, 2, 3, 4), recordedStreams());
        assertEquals(1, rig.smmu.step().size());
        assertEquals(translated + 1, rig.translation.transactions.size());
    }

    @Test
    @Rule("A-EVQ-18")
    void stallRecordThatNoCmdSyncOutlivesIsWrittenAsItIs() {
        faults(1, 2, 3, 4);
        rig.read(5, 0x6000);
        rig.mapAt(0x6000);
        recordedStreams();
        assertEquals(List.of(5), recordedStreams());
    }

    @Test
    @Rule("A-GER-07")
    @Rule("A-EVQ-01")
    @Rule("A-EVQ-14")
    void abortedWriteActivatesTheErrorAndDoesNotPassTheSlot() {
        rig.enable(0);
        rig.smmu.write(Register.EVENTQ_BASE, 0x4000_0000L | 2);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        faults(1);
        assertEquals(EVENTQ_ABT_ERR, rig.errors());
        assertEquals(0, prod());
        rig.enable(0);
        rig.smmu.write(Register.EVENTQ_BASE, Rig.EVENTS | 2);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        faults(2);
        assertEquals(0, prod());
        rig.acknowledgeErrors();
        faults(3);
        assertEquals(List.of(3), recordedStreams());
    }

    @Test
    @Rule("A-GER-07")
    @Rule("A-EVQ-06")
    void stallRecordThatMeetsAnAbortIsKept() {
        rig.enable(0);
        rig.smmu.write(Register.EVENTQ_BASE, 0x4000_0000L | 2);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        rig.read(5, 0x6000);
        assertEquals(EVENTQ_ABT_ERR, rig.errors());
        rig.enable(Rig.SMMUEN);
        rig.smmu.write(Register.EVENTQ_BASE, Rig.EVENTS | 2);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        rig.acknowledgeErrors();
        assertEquals(List.of(5), recordedStreams());
    }

    @Test
    @Rule("A-EVQ-10")
    void eachFaultGivesOneRecord() {
        rig.faultAt(0x7000, new FaultGovernance(false, true, true));
        rig.read(1, 0x7000);
        assertEquals(List.of(1), recordedStreams());
        rig.smmu.step();
        assertEquals(List.of(), recordedStreams());
    }

    @Test
    @Rule("A-EVQ-12")
    void consBeyondProdOnlyChangesWhatTheQueueSeemsToHold() {
        faults(1);
        rig.smmu.write(Register.EVENTQ_CONS, 3);
        faults(2);
        assertEquals(2, prod());
        assertEquals(2, rig.record(1).streamId());
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-EVQ-15")
    @Rule("A-EVQ-16")
    void invalidStreamIsRecordedOnlyOnRequest() {
        rig.errorAt(0x7000, EventType.C_BAD_STREAMID);
        assertEquals(new DmaResult.Abort(), rig.read(1, 0x7000));
        assertEquals(List.of(), rig.events());
        rig.enable(0);
        rig.smmu.write(Register.CR2, 2);
        rig.enable(Rig.ALL);
        assertEquals(new DmaResult.Abort(), rig.read(1, 0x7000));
        assertEquals(List.of(new EventRecord(0x02 | 1L << 32, 0, 0, 0)), rig.events());
    }

    @Test
    @Rule("A-EVQ-17")
    void silentAbortIsNotRecorded() {
        rig.translation.set(
                0x7000, FakeTranslation.refused(new Refusal.SilentAbort(Rig.ANY_RULE), FaultGovernance.ALWAYS_RECORD));
        assertEquals(new DmaResult.Abort(), rig.read(1, 0x7000));
        assertEquals(List.of(), rig.events());
    }

    @Test
    @Rule("A-SYN-12")
    void recordOfATerminatedTransactionIsThereOrLostForGood() {
        faults(1, 2, 3, 4, 5);
        rig.sync();
        assertEquals(List.of(1, 2, 3, 4), recordedStreams());
        rig.smmu.step();
        assertEquals(List.of(), recordedStreams());
    }

    @Test
    @Rule("A-MEV-01")
    @Rule("A-MEV-06")
    void equalFaultsAreNotMerged() {
        faults(1, 1, 1);
        assertEquals(List.of(1, 1, 1), recordedStreams());
    }

    @Test
    void recordHoldsTheFullAddressOfThePartThatFaulted() {
        rig.faultAt(0x7_0000, new FaultGovernance(false, true, true));
        rig.smmu.dma(Transaction.read(1, 0x6_FFFE), new byte[0], 4);
        assertEquals(0x7_0000, rig.events().get(0).inputAddress());
    }
}
