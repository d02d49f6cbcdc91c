package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nestor.generators.vectors.Commands;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Profile;

/** The command queue, and the errors that stop it. */
class CommandVerdictTests {
    /** CMD_DPTI_ALL. */
    private static final long UNMODELLED = 0x70;

    private static final CommandRecord ILLEGAL = new CommandRecord(0, 0);
    private static final CommandRecord RESERVED_BIT = new CommandRecord(0x46 | 1L << 20, 0);
    private static final CommandRecord OTHER_RESERVED_BIT = new CommandRecord(0x30 | 1L << 20, 0);
    private static final Request STEP = new Request.Step();

    private final Session session = Session.translating(Profile.FULL);

    @Test
    void commandsMayBeConsumedLater() {
        session.publish(Commands.cfgiAll(), Commands.sync());
        session.conforms(Session.reading("CMDQ_CONS"), Session.value(0));
        session.conforms(Session.reading("CMDQ_CONS"), Session.value(1));
        session.conforms(Session.reading("CMDQ_CONS"));
    }

    @Test
    void commandsAreConsumedByTheNextStep() {
        session.publish(Commands.cfgiAll(), Commands.sync());
        session.conforms(STEP);
        session.diverges("A-CMQ-01", Session.reading("CMDQ_CONS"), Session.value(1));
    }

    @Test
    void consumptionDoesNotGoBack() {
        session.complete(Commands.cfgiAll(), Commands.sync());
        session.diverges("A-CMQ-01", Session.reading("CMDQ_CONS"), Session.value(1));
    }

    @Test
    void nothingIsConsumedThatWasNotPublished() {
        session.publish(Commands.sync());
        session.diverges("A-CMQ-01", Session.reading("CMDQ_CONS"), Session.value(2));
    }

    @Test
    void anIllegalCommandStopsTheQueue() {
        session.publish(ILLEGAL, Commands.sync());
        session.diverges("A-CER-02", Session.reading("CMDQ_CONS"), Session.value(2));
    }

    @Test
    void anIllegalCommandMakesTheErrorActive() {
        session.publish(ILLEGAL);
        session.conforms(STEP);
        session.diverges("A-GER-01", Session.reading("GERROR"), Session.value(0));
    }

    @Test
    void theErrorTellsItsReason() {
        session.publish(ILLEGAL);
        assertEquals(1, session.read("GERROR"));
        session.diverges("A-CER-01", Session.reading("CMDQ_CONS"), Session.value(0x0200_0000));
    }

    @Test
    void consumptionGoesOnAfterTheErrorIsAcknowledged() {
        session.publish(ILLEGAL, Commands.sync());
        assertEquals(1, session.read("GERROR"));
        session.store(Session.COMMANDS, 0x46);
        session.write("GERRORN", 1);
        session.conforms(STEP);
        session.diverges("A-CMQ-01", Session.reading("CMDQ_CONS"), Session.value(0));
    }

    @Test
    void aReservedBitMayBeAnErrorOrIgnored() {
        session.publish(RESERVED_BIT);
        session.conforms(Session.reading("GERROR"), Session.value(1));
        session.conforms(Session.reading("CMDQ_CONS"), Session.value(0x0100_0000));
        Session other = Session.translating(Profile.FULL);
        other.complete(OTHER_RESERVED_BIT);
        other.conforms(STEP);
        other.conforms(Session.reading("GERROR"));
    }

    @Test
    void anErrorWithoutACauseDiverges() {
        session.complete(Commands.sync());
        session.diverges("A-GER-01", Session.reading("GERROR"), Session.value(1));
    }

    @Test
    void acknowledgingWhatIsNotActiveLeavesTheQueueUnknown() {
        session.write("GERRORN", 1);
        Verdict verdict = session.judge(Session.reading("CMDQ_CONS"), new Reply.Value(5));
        assertInstanceOf(Verdict.Indeterminate.class, verdict);
    }

    @Test
    void afterAnInconsistentIndexNothingIsCalledWrongUntilReset() {
        session.write("CMDQ_PROD", 0x1F);
        assertInstanceOf(Verdict.Indeterminate.class, session.judge(Session.reading("CR0"), new Reply.Value(0)));
        session.conforms(new Request.Reset(Map.of()));
        session.diverges("A-CTL-01", Session.reading("CR0"), Session.value(1));
    }

    @Test
    void aCommandThatMayBeAnErrorMayFailAgainOnceItWasAcknowledged() {
        session.publish(new CommandRecord(UNMODELLED, 0));
        session.conforms(Session.reading("GERROR"), Session.value(1));
        session.write("GERRORN", 1);
        session.conforms(Session.reading("GERROR"), Session.value(0));
    }
}
