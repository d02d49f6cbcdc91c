package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.interrupt.Interrupt;
import org.nestor.smmu.queue.PageRequestResult;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.PageRequest;
import org.nestor.smmu.transaction.PageResponse;

/** The PRI queue of two entries. */
class PageRequestTests {
    private static final PageRequestResult QUEUED = new PageRequestResult.Queued();
    private static final PageRequestResult DROPPED = new PageRequestResult.Dropped();
    private static final PageRequest LAST = request(true);
    private static final PageRequest NOT_LAST = request(false);
    private static final PageRequest WITH_PASID =
            new PageRequest(9, true, 0x12345, 0x5000, true, false, false, false, true, 3);
    private static final PageRequest STOP_MARKER =
            new PageRequest(9, true, 0x12345, 0x5000, false, false, false, false, true, 3);
    /** IDR3.PPS. */
    private static final int PPS = 1 << 5;

    private final Rig rig = new Rig(Rig.withIdr3(0, PPS)).enable(Rig.ALL);

    private static PageRequest request(boolean last) {
        return new PageRequest(9, false, 0, 0x5000, true, false, false, false, last, 3);
    }

    private PageRequestResult ask(PageRequest request) {
        return rig.smmu.pageRequest(request);
    }

    private static PageRequestResult answer(PageResponse.Code code) {
        return new PageRequestResult.Answered(new PageResponse(9, false, 0, 3, code));
    }

    private static PageRequestResult answerWithPasid(PageResponse.Code code) {
        return new PageRequestResult.Answered(new PageResponse(9, true, 0x12345, 3, code));
    }

    private void fill() {
        ask(NOT_LAST);
        ask(NOT_LAST);
    }

    @Test
    @Rule("A-PRI-01")
    void requestIsAppendedBitForBit() {
        PageRequest all = new PageRequest(0x8765_4321, true, 0xABCDE, -1L, true, true, true, true, true, 0x1FF);
        assertEquals(QUEUED, ask(all));
        assertEquals(QUEUED, ask(new PageRequest(1, false, 0, 0x5123, false, true, false, false, false, 0)));
        assertEquals(0xFC0A_BCDE_8765_4321L, rig.memory.read64(Rig.PAGE_REQUESTS));
        assertEquals(0xFFFF_FFFF_FFFF_F1FFL, rig.memory.read64(Rig.PAGE_REQUESTS + 8));
        assertEquals(0x2000_0000_0000_0001L, rig.memory.read64(Rig.PAGE_REQUESTS + 16));
        assertEquals(0x5000, rig.memory.read64(Rig.PAGE_REQUESTS + 24));
        assertEquals(2, rig.smmu.read(Register.PRIQ_PROD));
    }

    @Test
    @Rule("A-PRI-02")
    void fullQueueAnswersLastRequestsWithSuccessAndDropsOthers() {
        fill();
        assertEquals(DROPPED, ask(NOT_LAST));
        assertEquals(0x8000_0002L, rig.smmu.read(Register.PRIQ_PROD));
        assertEquals(answer(PageResponse.Code.SUCCESS), ask(LAST));
        assertEquals(DROPPED, ask(STOP_MARKER));
        assertEquals(0x8000_0002L, rig.smmu.read(Register.PRIQ_PROD));
        assertEquals(List.of(), rig.translation.log);
    }

    @Test
    @Rule("A-PRI-02")
    @Rule("A-PRI-04")
    void pasidOfAnAutomaticAnswerFollowsTheStream() {
        fill();
        rig.translation.ppar = Optional.of(true);
        assertEquals(answerWithPasid(PageResponse.Code.SUCCESS), ask(WITH_PASID));
        rig.translation.ppar = Optional.of(false);
        assertEquals(answer(PageResponse.Code.SUCCESS), ask(WITH_PASID));
        rig.translation.ppar = Optional.empty();
        assertEquals(answer(PageResponse.Code.RESPONSE_FAILURE), ask(WITH_PASID));
        assertEquals(List.of("ppar 9", "ppar 9", "ppar 9"), rig.translation.log);
    }

    @Test
    @Rule("A-PRI-04")
    void withPasidAlwaysRequiredTheStreamHasNoSay() {
        IdRegisters ids = Rig.withIdr3(PPS, 0);
        Rig always = new Rig(ids).enable(Rig.ALL);
        always.smmu.pageRequest(NOT_LAST);
        always.smmu.pageRequest(NOT_LAST);
        assertEquals(answerWithPasid(PageResponse.Code.SUCCESS), always.smmu.pageRequest(WITH_PASID));
        assertEquals(List.of(), always.translation.log);
    }

    @Test
    @Rule("A-PRI-03")
    @Rule("A-CTL-12")
    void disabledQueueAnswersEveryRequestWithFailureWithoutPasid() {
        for (long enables : new long[] {Rig.SMMUEN | Rig.EVENTQEN, Rig.PRIQEN | Rig.EVENTQEN}) {
            rig.enable(enables);
            assertEquals(answer(PageResponse.Code.RESPONSE_FAILURE), ask(LAST));
            assertEquals(answer(PageResponse.Code.RESPONSE_FAILURE), ask(NOT_LAST));
            assertEquals(answer(PageResponse.Code.RESPONSE_FAILURE), ask(WITH_PASID));
            assertEquals(DROPPED, ask(STOP_MARKER));
        }
        assertEquals(0, rig.smmu.read(Register.PRIQ_PROD));
    }

    @Test
    @Rule("A-CTL-12")
    void priQueueNeedsNoEventQueue() {
        rig.enable(Rig.SMMUEN | Rig.PRIQEN);
        assertEquals(QUEUED, ask(LAST));
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-PRI-03")
    @Rule("A-GER-07")
    void abortedWriteFailsTheRequestAndThoseAfterIt() {
        rig.enable(0);
        rig.smmu.write(Register.PRIQ_BASE, 0x4000_0000L | 1);
        rig.enable(Rig.ALL);
        assertEquals(answer(PageResponse.Code.RESPONSE_FAILURE), ask(NOT_LAST));
        assertEquals(1 << 3, rig.errors());
        assertEquals(0, rig.smmu.read(Register.PRIQ_PROD));
        rig.enable(0);
        rig.smmu.write(Register.PRIQ_BASE, Rig.PAGE_REQUESTS | 1);
        rig.enable(Rig.ALL);
        assertEquals(answer(PageResponse.Code.RESPONSE_FAILURE), ask(NOT_LAST));
        rig.acknowledgeErrors();
        assertEquals(QUEUED, ask(NOT_LAST));
    }

    @Test
    @Rule("A-PRI-06")
    @Rule("A-PRI-07")
    void unacknowledgedOverflowKeepsEntriesOutEvenIfThereIsSpace() {
        fill();
        ask(NOT_LAST);
        rig.smmu.write(Register.PRIQ_CONS, 2);
        assertEquals(DROPPED, ask(NOT_LAST));
        assertEquals(answer(PageResponse.Code.SUCCESS), ask(LAST));
        rig.smmu.write(Register.PRIQ_CONS, 0x8000_0002L);
        assertEquals(QUEUED, ask(LAST));
        assertEquals(0x8000_0003L, rig.smmu.read(Register.PRIQ_PROD));
    }

    @Test
    @Rule("A-IRQ-04")
    void queueInterruptsWhenItBecomesNonEmpty() {
        rig.smmu.write(Register.IRQ_CTRL, 2);
        ask(NOT_LAST);
        assertEquals(List.of(Interrupt.PRIQ), rig.smmu.takeInterrupts());
        ask(LAST);
        ask(LAST);
        assertEquals(List.of(), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-IRQ-04")
    void withLastOnlyEachLastRequestInterrupts() {
        rig.smmu.write(Register.PRIQ_IRQ_CFG2, 0x8000_0000L);
        rig.smmu.write(Register.IRQ_CTRL, 2);
        ask(NOT_LAST);
        assertEquals(List.of(), rig.smmu.takeInterrupts());
        ask(LAST);
        assertEquals(List.of(Interrupt.PRIQ), rig.smmu.takeInterrupts());
        ask(LAST);
        assertEquals(List.of(Interrupt.PRIQ), rig.smmu.takeInterrupts());
        ask(NOT_LAST);
        assertEquals(List.of(), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-PRI-05")
    void responseIsSentWhateverGroupItNames() {
        rig.command(0x41 | 1 << 11 | 0x45L << 12 | 9L << 32, 0x1FF | 1 << 12);
        rig.command(0x41 | 9L << 32, 2 | 2 << 12);
        assertEquals(
                List.of(
                        new PageResponse(9, true, 0x45, 0x1FF, PageResponse.Code.INVALID_REQUEST),
                        new PageResponse(9, false, 0, 2, PageResponse.Code.SUCCESS)),
                rig.responses);
    }
}
