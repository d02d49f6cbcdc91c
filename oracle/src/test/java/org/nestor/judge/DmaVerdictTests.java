package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.generators.vectors.Commands;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;
import org.nestor.smmu.register.Profile;

/** One thing changed in the reply to a DMA that conforms. */
class DmaVerdictTests {
    private final Session session = Session.translating(Profile.FULL);

    @Test
    void aDmaThatGoesWhereItsTableSaysConforms() {
        session.conforms(Session.writes(Session.MAPPED));
        session.conforms(Session.reads(Session.MAPPED));
    }

    @Test
    void aDmaToAnotherAddressDiverges() {
        Verdict.Diverges verdict = session.diverges(
                "C-CMP-02", Session.writes(Session.MAPPED), Session.lands(Session.OTHER_PAGE, Optional.empty()));
        assertEquals("dma reaches the wrong address", verdict.title());
        assertEquals(List.of("ok pa 0x40800000"), verdict.allowed());
        assertTrue(verdict.observed().endsWith("ok pa 0x40900000"), verdict.observed());
    }

    @Test
    void aReadOfWhatMemoryDoesNotHoldDiverges() {
        session.store(Session.PAGE, 0x0102_0304);
        Verdict.Diverges verdict = session.diverges(
                "C-CMP-02",
                Session.reads(Session.MAPPED),
                Session.lands(Session.PAGE, Optional.of(ByteStrings.ofHex("00000000"))));
        assertEquals("dma reads the wrong data", verdict.title());
    }

    @Test
    void anAbortOfAMappedPageDiverges() {
        Verdict.Diverges verdict =
                session.diverges("C-CMP-02", Session.reads(Session.MAPPED), Session.ends(DmaResult.ABORT));
        assertEquals("dma ends with abort where it may only end with ok", verdict.title());
    }

    @Test
    void anAccessToAnUnmappedPageDiverges() {
        Verdict.Diverges verdict = session.diverges(
                "A-WLK-04", Session.writes(Session.UNMAPPED), Session.lands(Session.PAGE, Optional.empty()));
        assertEquals("dma ends with ok where it may only end with abort (F_TRANSLATION in stage 1)", verdict.title());
    }

    @Test
    void raziWhereTheContextAbortsDiverges() {
        session.diverges("A-WLK-04", Session.writes(Session.UNMAPPED), Session.ends(DmaResult.RAZWI));
    }

    @Test
    void aStallWithoutStallingConfiguredDiverges() {
        Reply stall = new Reply.Dma(
                DmaResult.STALL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                Optional.empty(),
                Optional.empty());
        session.diverges("A-WLK-04", Session.writes(Session.UNMAPPED), Session.to(stall));
    }

    @Test
    void aWrongAttributeDiverges() {
        Verdict.Diverges verdict = session.diverges("C-CMP-02", Session.reads(Session.MAPPED), original -> {
            Reply.Dma ok = (Reply.Dma) original;
            return new Reply.Dma(
                    DmaResult.OK,
                    ok.pa(),
                    ok.data(),
                    ok.attrs().map(Changes::privileged),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        });
        assertEquals("dma carries the wrong attributes", verdict.title());
    }

    @Test
    void aWriteMustBeFoundWhereItWent() {
        session.conforms(Session.writes(Session.MAPPED));
        session.diverges(
                "A-TRM-06",
                Session.reading(Session.PAGE, 8),
                Session.to(new Reply.Data(ByteStrings.ofHex("0000000000000000"))));
    }

    @Test
    void nothingMayBeWrittenByADmaThatWasAborted() {
        session.conforms(Session.writes(Session.UNMAPPED));
        session.diverges(
                "A-TRM-06",
                Session.reading(Session.PAGE + 0x1000, 4),
                Session.to(new Reply.Data(ByteStrings.ofHex("11223344"))));
    }

    @Test
    void anOldTranslationMayBeUsedUntilItsInvalidationIsComplete() {
        session.conforms(Session.reads(Session.MAPPED));
        session.store(Session.LEAF, Session.OTHER_PAGE | 0xF43);
        session.conforms(
                Session.reads(Session.MAPPED), Session.lands(Session.PAGE, Optional.of(ByteStrings.ofHex("00000000"))));
    }

    @Test
    void anOldTranslationMustNotBeUsedAfterItsInvalidation() {
        session.conforms(Session.reads(Session.MAPPED));
        session.store(Session.LEAF, 0);
        session.complete(Commands.nhVa(0, 5, Session.MAPPED, true), Commands.sync());
        session.store(Session.LEAF, Session.OTHER_PAGE | 0xF43);
        Verdict.Diverges verdict = session.diverges(
                "C-CMP-02",
                Session.reads(Session.MAPPED),
                Session.lands(Session.PAGE, Optional.of(ByteStrings.ofHex("00000000"))));
        assertEquals(List.of("ok pa 0x40900000"), verdict.allowed());
        assertEquals(List.of("C-CMP-02", "C-INV-01"), rules(verdict));
        assertEquals(
                1, verdict.explanation().size(), () -> verdict.explanation().toString());
        assertTrue(
                verdict.explanation()
                        .get(0)
                        .matches("it ends so with the stage 1 leaf at 0x41002008 = 0x40800f43, which memory held until"
                                + " exchange [0-9]+; CMD_TLBI_NH_VA of exchange [0-9]+, seen complete at exchange"
                                + " [0-9]+, removes what was made of it"),
                () -> verdict.explanation().toString());
    }

    @Test
    void aConfigurationThatWasInvalidatedIsToldFromATranslation() {
        session.conforms(Session.reads(Session.MAPPED));
        session.store(Session.STREAMS + 64 * Session.STREAM, 1);
        session.complete(Commands.cfgiSte(Session.STREAM, true), Commands.sync());
        Verdict.Diverges verdict = session.diverges(
                "C-CMP-04",
                Session.reads(Session.MAPPED),
                Session.lands(Session.PAGE, Optional.of(ByteStrings.ofHex("00000000"))));
        assertTrue(
                verdict.explanation().get(0).contains("CMD_CFGI_STE"),
                () -> verdict.explanation().toString());
    }

    @Test
    void anAddressThatNothingEverLedToIsNoOldTranslation() {
        session.conforms(Session.reads(Session.MAPPED));
        session.store(Session.LEAF, Session.OTHER_PAGE | 0xF43);
        session.complete(Commands.nhVa(0, 5, Session.MAPPED, true), Commands.sync());
        Verdict.Diverges verdict = session.diverges(
                "C-CMP-02", Session.writes(Session.MAPPED), Session.lands(Session.PAGE + 0x2000, Optional.empty()));
        assertEquals(List.of("C-CMP-02"), rules(verdict));
    }

    private static List<String> rules(Verdict.Diverges verdict) {
        return verdict.rules().stream().map(RuleId::toString).sorted().toList();
    }

    @Test
    void aDmaAcrossTwoPagesNeedsBoth() {
        Request.Dma both = new Request.Dma(
                Session.STREAM,
                Session.MAPPED + 0xFFE,
                org.nestor.protocol.Access.READ,
                Optional.empty(),
                4,
                Optional.empty(),
                false,
                false,
                org.nestor.protocol.Ats.UNTRANSLATED,
                List.of());
        session.diverges(
                "A-WLK-04", both, Session.lands(Session.PAGE + 0xFFE, Optional.of(ByteStrings.ofHex("00000000"))));
    }

    /** A 64 KiB page whose descriptor has bits [15:12] set, on an SMMU whose addresses have 44 bits. */
    @Test
    void addressBitsThatNoAddressHasFaultOrAreIgnored() {
        for (DmaResult result : List.of(DmaResult.ABORT, DmaResult.OK)) {
            Session qemu = Session.translating(Profile.QEMU);
            qemu.store(Session.CD, 0x0005_6202_C000_0059L);
            qemu.store(Session.TABLE + 32, Session.TABLE | 0x1_0003L);
            qemu.store(Session.TABLE + 0x1_0000 + 8 * 0x20, Session.PAGE | 0xF743L);
            qemu.store(Session.PAGE + 0x1000, 0x0102_0304);
            Request.Dma read = Session.reads(Session.MAPPED);
            qemu.conforms(
                    read,
                    result == DmaResult.OK
                            ? Session.lands(Session.PAGE + 0x1000, Optional.of(ByteStrings.ofHex("04030201")))
                            : original -> original);
        }
    }
}
