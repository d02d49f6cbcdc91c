package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nestor.campaign.Played.Exchange;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.reports.Actor;
import org.nestor.reports.Step;

class NarrationTests {
    private static final Exchange RESET = new Exchange(new Request.Reset(Map.of()), new Reply.Done());

    private static List<Step> steps(int setup, boolean fails, Exchange... exchanges) {
        Optional<Failure> failure = fails
                ? Optional.of(new Failure.End(new Reply.Failure(ErrorCode.DIED, "exit code 1")))
                : Optional.empty();
        return Narration.of(new Played(List.of(exchanges), setup, 0, List.of(), failure, Map.of(), Map.of()));
    }

    private static String text(Request.Architectural request, Reply reply) {
        return steps(0, false, new Exchange(request, reply)).get(0).text();
    }

    @Test
    void theSetupIsOneStepAndTheLastFails() {
        Exchange read = new Exchange(new Request.RegRead(new RegisterRef.Named("CR0")), new Reply.Value(5));
        List<Step> steps = steps(2, true, RESET, RESET, read, read);
        assertEquals(3, steps.size());
        assertEquals("sets the machine up: 2 requests", steps.get(0).text());
        assertEquals(OptionalInt.of(4), steps.get(1).line());
        assertEquals(
                List.of(false, false, true), steps.stream().map(Step::fails).toList());
    }

    @Test
    void aSetupThatFailsIsTheStepThatFails() {
        List<Step> steps = steps(1, true, RESET);
        assertEquals(1, steps.size());
        assertEquals(true, steps.get(0).fails());
    }

    @Test
    void whatIsDoneIsSaid() {
        assertEquals(
                "writes 0x1000 := 0102",
                text(
                        new Request.MemWrite(0x1000, Bytes.of(new byte[] {1, 2}), Request.MemWrite.Form.DATA),
                        new Reply.Done()));
        assertEquals(
                "reads 2 bytes at 0x1000: {\"data\":\"0102\"}",
                text(new Request.MemRead(0x1000, 2), new Reply.Data(Bytes.of(new byte[] {1, 2}))));
        assertEquals(
                "writes offset 0x20 := 0x7",
                text(new Request.RegWrite(new RegisterRef.Offset(0x20, 4), 7), new Reply.Done()));
        assertEquals(
                "reads CR0: {\"value\":\"0x5\"}",
                text(new Request.RegRead(new RegisterRef.Named("CR0")), new Reply.Value(5)));
        assertEquals("step: {\"completed\":[]}", text(new Request.Step(), new Reply.Stepped(List.of())));
    }

    @Test
    void aDmaSaysAllThatItIs() {
        Request.Dma dma = new Request.Dma(
                0x10, 0x8000, Access.WRITE, Optional.of(3), 8, Optional.empty(), true, true, Ats.TRANSLATED, List.of());
        Step step = steps(0, false, new Exchange(dma, new Reply.Failure(ErrorCode.UNSUPPORTED, "no")))
                .get(0);
        assertEquals(Actor.DEVICE, step.actor());
        assertEquals(Optional.of(Actor.SMMU), step.to());
        assertEquals(
                "stream 0x10, substream 0x3, writes 8 bytes at 0x8000, privileged, instruction, ATS translated:"
                        + " {\"error\":{\"code\":\"unsupported\",\"message\":\"no\"}}",
                step.text());
        assertEquals("write 0x8000", step.label().orElseThrow());
    }

    @Test
    void aLongReplyIsCut() {
        String text = text(new Request.MemRead(0, 4000), new Reply.Data(Bytes.of(new byte[4000])));
        assertEquals(true, text.length() < 300 && text.endsWith("..."));
    }
}
