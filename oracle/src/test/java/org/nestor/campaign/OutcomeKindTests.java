package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Interrupt;
import org.nestor.protocol.PageRequestResult;
import org.nestor.protocol.PageResponseCode;
import org.nestor.protocol.Permission;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

class OutcomeKindTests {
    private static Request.Dma dma(Ats ats) {
        return new Request.Dma(
                1, 0x1000, Access.READ, Optional.empty(), 4, Optional.empty(), false, false, ats, List.of());
    }

    private static List<String> kinds(Request request, Reply reply) {
        return OutcomeKind.of(request, reply).stream().map(OutcomeKind::name).toList();
    }

    private static List<String> events(boolean overflow, EventRecord... records) {
        List<Bytes> raw =
                Stream.of(records).map(record -> Bytes.of(record.toBytes())).toList();
        return kinds(new Request.Events(), new Reply.Events(raw, overflow));
    }

    @Test
    void dmasDifferInHowTheyEndAndInWhatTheEndpointAskedFor() {
        Reply.Dma abort = Reply.Dma.of(DmaResult.ABORT);
        assertEquals(List.of("DMA: abort"), kinds(dma(Ats.UNTRANSLATED), abort));
        assertEquals(List.of("translated DMA: abort"), kinds(dma(Ats.TRANSLATED), abort));
        assertEquals(List.of("translation request: abort"), kinds(dma(Ats.REQUEST), abort));
    }

    @Test
    void translationRequestsDifferInTheRightsGranted() {
        Reply.Dma granted = new Reply.Dma(
                DmaResult.OK,
                Optional.of(0x1000L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(Permission.READ, Permission.EXEC)),
                Optional.of(4096L));
        assertEquals(List.of("translation request: ok read exec"), kinds(dma(Ats.REQUEST), granted));
    }

    @Test
    void faultsOfATranslationDifferInStageClassAndStall() {
        EventRecord fault = EventRecord.of(EventType.F_TRANSLATION);
        assertEquals(List.of("event: F_TRANSLATION, stage 1, IN"), events(false, fault.with("CLASS", 2)));
        assertEquals(
                List.of("event: F_TRANSLATION, stage 2, TT, stalled", "event: F_TRANSLATION, stage 2, CD"),
                events(false, fault.with("CLASS", 1).with("S2", true).with("Stall", true), fault.with("S2", true)));
    }

    @Test
    void otherRecordsDifferInTypeAlone() {
        EventRecord record = EventRecord.of(EventType.C_BAD_STE);
        assertEquals(List.of("event: C_BAD_STE"), events(false, record.with("StreamID", 7)));
        assertEquals(List.of("event: of another number"), events(false, new EventRecord(0xe0, 0, 0, 0)));
    }

    @Test
    void anOverflowIsAnOutcomeOfItsOwn() {
        assertEquals(List.of("event queue: overflow"), events(true));
        assertEquals(List.of(), events(false));
    }

    @Test
    void endsOfStallsPageRequestsAndInterruptsAreTold() {
        Reply.Dma end = new Reply.Dma(
                DmaResult.RAZWI,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(3),
                Optional.empty(),
                Optional.empty());
        assertEquals(List.of("end of a stall: razwi"), kinds(new Request.Step(), new Reply.Stepped(List.of(end))));
        assertEquals(
                List.of("interrupt: gerror"), kinds(new Request.Irqs(), new Reply.Irqs(List.of(Interrupt.GERROR))));
        assertEquals(
                List.of("page request: response success"),
                kinds(
                        new Request.Events(),
                        new Reply.PageRequest(PageRequestResult.RESPONSE, Optional.of(PageResponseCode.SUCCESS))));
    }

    @Test
    void whatComesOutInOneWayOnlyIsOfNoKind() {
        assertEquals(List.of(), kinds(new Request.Step(), new Reply.Done()));
    }
}
