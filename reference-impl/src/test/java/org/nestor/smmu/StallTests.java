package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.memory.Bytes;
import org.nestor.rule.Rule;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Transaction;

class StallTests {
    private static final long PAGE = 0x6000;
    private static final DmaResult ABORT = new DmaResult.Abort();
    private static final DmaResult RAZ = new DmaResult.RazWi(Bytes.of(new byte[4]));

    private final Rig rig = new Rig().enable(Rig.ALL);

    StallTests() {
        rig.stallAt(PAGE);
    }

    private static DmaResult stalled(int stag) {
        return new DmaResult.Stalled(stag);
    }

    private static List<CompletedStall> completed(int stag, DmaResult result) {
        return List.of(new CompletedStall(stag, result));
    }

    @Test
    @Rule("A-STL-02")
    @Rule("A-STL-16")
    @Rule("A-TRM-06")
    void stalledTransactionHasOneRecordAndNoEffect() {
        assertEquals(stalled(0), rig.write(5, PAGE, 1, 2, 3, 4));
        assertEquals(List.of(new EventRecord(0x10 | 5L << 32, 0x8000_0000L | 2L << 40, PAGE, 0)), rig.events());
        rig.smmu.step();
        assertEquals(List.of(), rig.events());
        assertEquals(0, rig.memory.read64(PAGE));
    }

    @Test
    @Rule("A-STL-05")
    @Rule("A-SYN-04")
    void retryUsesTheTranslationOfNow() {
        rig.write(5, PAGE, 1, 2, 3, 4);
        rig.translation.set(PAGE, FakeTranslation.to(0x9000));
        rig.resume(5, 0, true, false);
        assertEquals(0x0403_0201, rig.memory.read64(0x9000));
        CompletedStall end = rig.smmu.step().get(0);
        assertEquals(0, end.stag());
        assertEquals(0x9000, assertInstanceOf(DmaResult.Ok.class, end.result()).physicalAddress());
        assertEquals(List.of(), rig.smmu.step());
    }

    @Test
    @Rule("A-STL-06")
    void retryThatFaultsAgainIsRecordedAgain() {
        rig.read(5, PAGE);
        rig.resume(5, 0, true, true);
        List<EventRecord> events = rig.events();
        assertEquals(2, events.size());
        assertEquals(events.get(0), events.get(1));
        assertEquals(List.of(), rig.smmu.step());
        rig.mapAt(PAGE);
        rig.resume(5, 0, true, false);
        assertEquals(1, rig.smmu.step().size());
    }

    @Test
    @Rule("A-STL-07")
    @Rule("A-STL-08")
    void terminationIsByAbortOrRazWi() {
        rig.memory.write64(PAGE, -1L);
        rig.read(5, PAGE);
        rig.resume(5, 0, false, true);
        assertEquals(completed(0, ABORT), rig.smmu.step());
        rig.read(5, PAGE);
        rig.resume(5, 0, false, false);
        assertEquals(completed(0, RAZ), rig.smmu.step());
        rig.write(5, PAGE, 1);
        rig.resume(5, 0, false, false);
        assertEquals(completed(0, new DmaResult.RazWi(Bytes.EMPTY)), rig.smmu.step());
        assertEquals(-1L, rig.memory.read64(PAGE));
    }

    @Test
    @Rule("A-STL-07")
    @Rule("A-STL-08")
    void withTermModelTerminationIsAlwaysByAbort() {
        Rig aborting = new Rig(Rig.withIdr0(1 << 26, 0)).enable(Rig.ALL);
        aborting.stallAt(PAGE);
        aborting.read(5, PAGE);
        aborting.resume(5, 0, false, false);
        assertEquals(completed(0, ABORT), aborting.smmu.step());
    }

    @Test
    @Rule("A-STL-03")
    @Rule("A-STL-09")
    void resumeMustMatchStreamAndStag() {
        rig.read(5, PAGE);
        rig.resume(6, 0, false, true);
        rig.resume(5, 1, false, true);
        assertEquals(List.of(), rig.smmu.step());
        assertEquals(0, rig.errors());
        assertTrue(rig.decided("A-STL-09"));
    }

    @Test
    @Rule("A-STL-03")
    @Rule("A-STL-10")
    void stagIsNotReusedWhileItIsOutstanding() {
        assertEquals(stalled(0), rig.read(5, PAGE));
        assertEquals(stalled(1), rig.read(5, PAGE));
        assertEquals(stalled(2), rig.read(6, PAGE));
        rig.resume(5, 1, false, true);
        assertEquals(stalled(1), rig.read(7, PAGE));
    }

    @Test
    @Rule("A-STL-09")
    @Rule("A-STL-13")
    void answeredTransactionIsNotAnsweredTwice() {
        rig.read(5, PAGE);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        rig.command(0x45L | 5L << 32, 0);
        rig.resume(5, 0, false, false);
        rig.enable(Rig.ALL);
        assertEquals(completed(0, ABORT), rig.smmu.step());
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-STL-09")
    void resumeDoesNotReachATransactionWithoutAVisibleRecord() {
        rig.enable(Rig.SMMUEN | Rig.CMDQEN);
        rig.read(5, PAGE);
        rig.resume(5, 0, false, true);
        assertEquals(List.of(), rig.smmu.step());
        rig.enable(Rig.ALL);
        assertEquals(1, rig.events().size());
    }

    @Test
    @Rule("A-STL-04")
    void transactionsBeyondTheMaximumWaitWithoutARecord() {
        Rig two = new Rig(Rig.withStallMax(2)).enable(Rig.ALL);
        two.stallAt(PAGE);
        for (int stream = 5; stream < 9; stream++) {
            assertEquals(stalled(stream - 5), two.read(stream, PAGE));
        }
        assertEquals(
                List.of(5, 6), two.events().stream().map(EventRecord::streamId).toList());
        two.resume(5, 0, false, true);
        assertEquals(
                List.of(7), two.events().stream().map(EventRecord::streamId).toList());
        assertEquals(completed(0, ABORT), two.smmu.step());
        two.mapAt(PAGE);
        two.resume(6, 1, true, false);
        assertEquals(
                List.of(1, 3),
                two.smmu.step().stream().map(CompletedStall::stag).toList());
    }

    @Test
    @Rule("A-STL-11")
    void stallTermAbortsWhatTheStreamHasStalled() {
        rig.read(5, PAGE);
        rig.read(6, PAGE);
        rig.read(5, PAGE);
        rig.command(0x45L | 5L << 32, 0);
        assertEquals(List.of(new CompletedStall(0, ABORT), new CompletedStall(2, ABORT)), rig.smmu.step());
    }

    @Test
    @Rule("A-STL-11")
    void stallTermDropsARecordThatIsNotWrittenYet() {
        rig.enable(Rig.SMMUEN | Rig.CMDQEN);
        rig.read(5, PAGE);
        rig.command(0x45L | 5L << 32, 0);
        assertEquals(completed(0, ABORT), rig.smmu.step());
        rig.enable(Rig.ALL);
        assertEquals(List.of(), rig.events());
    }

    @Test
    @Rule("A-STL-12")
    void laterStallsAreNotAffectedByStallTerm() {
        rig.command(0x45L | 5L << 32, 0);
        rig.read(5, PAGE);
        assertEquals(List.of(), rig.smmu.step());
    }

    @Test
    @Rule("A-STL-14")
    @Rule("A-STL-15")
    void nothingIsRetriedEarly() {
        rig.read(5, PAGE);
        rig.mapAt(PAGE);
        rig.command(0x30, 0);
        rig.command(0x04, 31);
        rig.sync();
        assertEquals(List.of(), rig.smmu.step());
        assertEquals(1, rig.translation.transactions.size());
    }

    @Test
    @Rule("A-STL-19")
    void otherTransactionsPassAStalledOne() {
        rig.read(5, PAGE);
        assertInstanceOf(DmaResult.Ok.class, rig.read(5, 0x7000));
    }

    @Test
    @Rule("A-STL-20")
    void duplicatesOfAStalledTransactionAreRecordedToo() {
        rig.read(5, PAGE);
        rig.read(5, PAGE);
        assertEquals(2, rig.events().size());
    }

    @Test
    void dmaGoesOnWithThePartThatStalled() {
        rig.memory.write64(0x5FF8, 0x1111_1111_1111_1111L);
        rig.memory.write64(PAGE, 0x2222_2222_2222_2222L);
        assertEquals(stalled(0), rig.smmu.dma(Transaction.read(5, 0x5FFC), new byte[0], 8));
        assertEquals(PAGE, rig.events().get(0).inputAddress());
        rig.mapAt(PAGE);
        rig.resume(5, 0, true, false);
        DmaResult.Ok ok =
                assertInstanceOf(DmaResult.Ok.class, rig.smmu.step().get(0).result());
        assertEquals("1111111122222222", ok.data().toString());
        assertEquals(0x5FFC, ok.physicalAddress());
    }

    @Test
    @Rule("A-TRM-07")
    void partsBeforeOneThatIsTerminatedHaveTheirEffect() {
        rig.faultAt(PAGE, new FaultGovernance(false, true, true));
        assertEquals(ABORT, rig.write(5, 0x5FFF, 0xAA, 0xBB));
        assertEquals(0xAAL << 56, rig.memory.read64(0x5FF8));
        assertEquals(0, rig.memory.read64(PAGE));
    }

    @Test
    @Rule("A-TRM-01")
    @Rule("A-TRM-06")
    void razWiReturnsZerosForThePartThatFaulted() {
        rig.memory.write64(0x5FF8, -1L);
        rig.memory.write64(PAGE, -1L);
        rig.faultAt(PAGE, new FaultGovernance(false, false, false));
        DmaResult.RazWi result =
                assertInstanceOf(DmaResult.RazWi.class, rig.smmu.dma(Transaction.read(5, 0x5FFE), new byte[0], 4));
        assertEquals("ffff0000", result.data().toString());
        assertEquals(List.of(), rig.events());
    }

    @Test
    void accessThatMemoryAbortsIsAbortedWithoutAnEvent() {
        rig.translation.set(0x7000, FakeTranslation.to(0x4000_0000L));
        assertEquals(ABORT, rig.read(5, 0x7000));
        assertEquals(ABORT, rig.write(5, 0x7000, 1));
        assertEquals(List.of(), rig.events());
    }

    @Test
    void stallModelWithoutAMaximumStillHoldsOne() {
        IdRegisters none = Rig.withStallMax(0);
        Rig one = new Rig(none).enable(Rig.ALL);
        one.stallAt(PAGE);
        one.read(5, PAGE);
        one.read(6, PAGE);
        assertEquals(1, one.events().size());
    }
}
