package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.generators.vectors.Commands;
import org.nestor.memory.Bytes;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.Interrupt;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Profile;

/** Event records, and what goes with them. */
class EventVerdictTests {
    private static final Request EVENTS = new Request.Events();
    private static final Request STEP = new Request.Step();
    private static final Request IRQS = new Request.Irqs();
    private static final Reply NONE = new Reply.Events(List.of(), false);
    private static final int INPUT_ADDRESS = 16;
    private static final int ENTRIES = 16;

    private final Session session = Session.translating(Profile.FULL);

    private void fault() {
        session.conforms(Session.reads(Session.UNMAPPED));
    }

    @Test
    void theRecordOfAFaultConforms() {
        fault();
        session.conforms(STEP);
        assertEquals(1, ((Reply.Events) session.conforms(EVENTS)).events().size());
    }

    @Test
    void aWrongTypeDiverges() {
        fault();
        assertEquals(
                "event record F_ADDR_SIZE where F_TRANSLATION is due",
                session.diverges("A-WLK-04", EVENTS, Session.flips(0, 1)).title());
    }

    @Test
    void aWrongClassDiverges() {
        fault();
        assertEquals(
                "event record of a translation fault: CLASS wrong",
                session.diverges("A-FLT-22", EVENTS, Session.flips(13, 3)).title());
    }

    @Test
    void aReservedBitDiverges() {
        fault();
        assertEquals(
                "event record of a translation fault: RES0 of doubleword 1 wrong",
                session.diverges("A-FLT-22", EVENTS, Session.flips(15, 0x80)).title());
    }

    @Test
    void aWrongInputAddressDiverges() {
        fault();
        session.diverges("A-FLT-22", EVENTS, Session.flips(16, 4));
    }

    @Test
    void unknownFieldsMayBeAnything() {
        fault();
        session.conforms(EVENTS, Session.flips(26, 0x40));
    }

    @Test
    void aMissingRecordCountsOnlyAfterAStep() {
        fault();
        session.conforms(EVENTS, Session.to(NONE));
        session.conforms(STEP);
        Verdict verdict = session.judge(EVENTS, NONE);
        assertEquals(
                "event record missing: F_TRANSLATION",
                assertInstanceOf(Verdict.Diverges.class, verdict).title());
    }

    @Test
    void aMissingRecordCountsAfterACmdSync() {
        fault();
        session.complete(Commands.sync());
        session.diverges("A-SYN-12", EVENTS, Session.to(NONE));
    }

    @Test
    void aRecordTooManyDiverges() {
        fault();
        session.diverges("A-EVQ-10", EVENTS, original -> {
            Bytes record = ((Reply.Events) original).events().get(0);
            return new Reply.Events(List.of(record, record), false);
        });
    }

    @Test
    void theOrderOfRecordsIsFree() {
        fault();
        session.conforms(Session.reads(Session.UNMAPPED + 0x1000));
        session.conforms(EVENTS, original -> {
            List<Bytes> records = ((Reply.Events) original).events();
            return new Reply.Events(List.of(records.get(1), records.get(0)), false);
        });
    }

    @Test
    void implementationDefinedEventsNeedNoCause() {
        Bytes record = ByteStrings.ofHex("e5" + "00".repeat(31));
        session.conforms(EVENTS, Session.to(new Reply.Events(List.of(record), false)));
    }

    @Test
    void anOverflowWithoutALostRecordDiverges() {
        fault();
        session.diverges("A-EVQ-03", EVENTS, original -> new Reply.Events(((Reply.Events) original).events(), true));
    }

    @Test
    void aLostRecordNeedsAnOverflow() {
        for (int i = 0; i <= ENTRIES; i++) {
            fault();
        }
        session.conforms(STEP);
        Verdict.Diverges verdict = session.diverges(
                "A-EVQ-03", EVENTS, original -> new Reply.Events(((Reply.Events) original).events(), false));
        assertEquals("event record lost to a full queue, and OVFLG does not tell", verdict.title());
    }

    @Test
    void anAccessThatIsNotAlignedMayBeSplitAndLeaveARecordForEachPiece() {
        session.conforms(Session.reads(Session.UNMAPPED + 0x3F));
        session.conforms(STEP);
        session.conforms(EVENTS, original -> {
            Bytes first = ((Reply.Events) original).events().get(0);
            return new Reply.Events(List.of(first, inputAddress(first, 0x40), inputAddress(first, 0x42)), false);
        });
    }

    @Test
    void anAlignedAccessIsNotSplit() {
        fault();
        session.diverges(
                "A-FLT-22",
                EVENTS,
                original -> new Reply.Events(
                        List.of(inputAddress(((Reply.Events) original).events().get(0), 2)), false));
    }

    private static Bytes inputAddress(Bytes record, int low) {
        byte[] bytes = record.toArray();
        bytes[INPUT_ADDRESS] = (byte) low;
        return Bytes.of(bytes);
    }

    @Test
    void anyInterruptMayComeOnceTheQueueCannotBeFollowed() {
        session.write("IRQ_CTRL", 7);
        session.read("IRQ_CTRLACK");
        session.write("EVENTQ_CONS", 5);
        fault();
        session.conforms(IRQS, Session.to(new Reply.Irqs(List.of(Interrupt.EVENTQ))));
    }

    @Test
    void takingTheRecordsOfAQueueThatCannotBeFollowedMovesItsConsumerIndex() {
        session.write("EVENTQ_CONS", 5);
        Reply taken = session.send(EVENTS);
        assertInstanceOf(Verdict.Indeterminate.class, session.judge(EVENTS, taken));
        assertNotEquals(5, session.read("EVENTQ_CONS"));
    }

    @Test
    void anOverflowThatLostARecordConforms() {
        for (int i = 0; i <= ENTRIES; i++) {
            fault();
        }
        session.conforms(STEP);
        Reply.Events events = (Reply.Events) session.conforms(EVENTS);
        assertEquals(ENTRIES, events.events().size());
        assertEquals(true, events.overflow());
    }

    @Test
    void theQueueIsJudgedWhereSoftwareReadsItByHand() {
        fault();
        assertEquals(1, session.read("EVENTQ_PROD"));
        session.diverges("A-FLT-22", Session.reading(Session.EVENTS, 32), original -> {
            byte[] record = ((Reply.Data) original).data().toArray();
            record[13] ^= 3;
            return new Reply.Data(Bytes.of(record));
        });
    }

    @Test
    void anInterruptWithoutACauseDiverges() {
        session.write("IRQ_CTRL", 7);
        session.read("IRQ_CTRLACK");
        session.diverges("A-IRQ-02", IRQS, Session.to(new Reply.Irqs(List.of(Interrupt.EVENTQ))));
    }

    @Test
    void anInterruptThatIsDisabledDiverges() {
        fault();
        session.diverges("A-IRQ-01", IRQS, Session.to(new Reply.Irqs(List.of(Interrupt.EVENTQ))));
    }

    @Test
    void anInterruptWithACauseConforms() {
        session.write("IRQ_CTRL", 7);
        session.read("IRQ_CTRLACK");
        fault();
        assertEquals(new Reply.Irqs(List.of(Interrupt.EVENTQ)), session.conforms(IRQS));
    }

    @Test
    void aMissingInterruptDivergesWhereNoMessageTakesItsPlace() {
        Session wired = Session.translating(Profile.QEMU);
        wired.write("IRQ_CTRL", 5);
        wired.read("IRQ_CTRLACK");
        wired.conforms(Session.reads(Session.UNMAPPED));
        wired.conforms(STEP);
        wired.diverges("A-IRQ-07", IRQS, Session.to(new Reply.Irqs(List.of())));
    }
}
