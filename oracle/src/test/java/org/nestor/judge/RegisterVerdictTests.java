package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Profile;

/** Registers: what reads as written, what is acknowledged, what a guard leaves open. */
class RegisterVerdictTests {
    private static final Request STEP = new Request.Step();
    private final Session session = Session.translating(Profile.FULL);

    @Test
    void anIdRegisterThatChangesDiverges() {
        session.diverges("A-REG-05", Session.reading("IDR0"), Session.value(0));
    }

    @Test
    void cr0ReadsAsWrittenAtOnce() {
        session.write("CR0", 0xC);
        session.diverges("A-CTL-01", Session.reading("CR0"), Session.value(0xD));
    }

    @Test
    void anAcknowledgeMayComeLate() {
        session.write("CR0", 0xC);
        session.conforms(Session.reading("CR0ACK"), Session.value(0xD));
        session.conforms(Session.reading("CR0ACK"));
        session.diverges("A-CTL-01", Session.reading("CR0ACK"), Session.value(0xD));
    }

    @Test
    void anAcknowledgeHasComeByTheNextStep() {
        session.write("CR0", 0xC);
        session.conforms(STEP);
        session.diverges("A-CTL-01", Session.reading("CR0ACK"), Session.value(0xD));
    }

    @Test
    void bothBehavioursAreAllowedUntilTheAcknowledge() {
        session.write("GBPA", 0x8010_0000L);
        session.read("GBPA");
        session.write("CR0", 0xC);
        session.conforms(Session.reads(Session.MAPPED), Session.lands(Session.PAGE, Optional.empty()));
        session.conforms(Session.reads(Session.MAPPED), Session.ends(DmaResult.ABORT));
        session.read("CR0ACK");
        session.diverges("A-GBP-01", Session.reads(Session.MAPPED), Session.lands(Session.PAGE, Optional.empty()));
    }

    @Test
    void bypassGoesWhereItSays() {
        session.write("CR0", 0xC);
        session.read("CR0ACK");
        session.write("GBPA", 0x8000_1000L);
        session.read("GBPA");
        session.conforms(Session.writes(Session.PAGE));
        session.diverges("C-CMP-02", Session.writes(Session.PAGE), Session.lands(Session.OTHER_PAGE, Optional.empty()));
    }

    @Test
    void theResetValueOfGbpaIsFree() {
        Session fresh = Session.afterReset(Profile.FULL);
        fresh.conforms(Session.writes(Session.PAGE), Session.ends(DmaResult.ABORT));
        fresh.diverges("A-GBP-01", Session.writes(Session.PAGE), Session.lands(Session.PAGE, Optional.empty()));
    }

    @Test
    void aQueueBaseReadsAsWritten() {
        session.diverges("A-REG-06", Session.reading("EVENTQ_BASE"), Session.value(0));
    }

    @Test
    void aGuardedWriteIsIgnoredFromVersion32On() {
        session.write("STRTAB_BASE", 0);
        session.diverges("A-REG-06", Session.reading("STRTAB_BASE"), Session.value(0));
        session.conforms(Session.reads(Session.MAPPED));
    }

    @Test
    void aGuardedWriteLeavesTranslationUnknownBeforeVersion32() {
        Session old = Session.translating(Profile.QEMU);
        old.write("STRTAB_BASE", 0);
        Request.Dma dma = Session.reads(Session.MAPPED);
        assertInstanceOf(Verdict.Indeterminate.class, old.judge(dma, Reply.Dma.of(DmaResult.RAZWI)));
        old.conforms(Session.reading("CR0ACK"));
        old.conforms(new Request.Reset(Map.of()));
    }

    @Test
    void registersOfTheSecureStateReadAsZero() {
        Request secure = new Request.RegRead(new RegisterRef.Offset(0x8000, 4));
        session.diverges("A-REG-07", secure, Session.value(1));
    }

    @Test
    void aRefusedRequestHasNoEffect() {
        Request step =
                new Request.MemWrite(Session.LEAF, org.nestor.memory.Bytes.of(new byte[8]), Request.MemWrite.Form.DATA);
        Reply refused = new Reply.Failure(org.nestor.protocol.ErrorCode.UNSUPPORTED, "no");
        assertEquals(Verdict.CONFORMS, session.judge(step, refused));
        session.conforms(Session.reads(Session.MAPPED));
    }
}
