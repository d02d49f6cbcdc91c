package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.Register;

/** The command queue of sixteen entries. */
class CommandQueueTests {
    private static final int NSNH_ALL = 0x30;
    private static final String NSNH_ALL_DONE = "TlbiNsnhAll[]";
    private static final String EL2_ALL_DONE = "TlbiEl2All[]";
    private static final int EL2_ALL = 0x20;
    private static final int RESERVED = 0xFF;
    private static final int SYNC = 0x46;
    private static final int CERROR_ILL = 1;
    private static final int CERROR_ABT = 2;
    private static final int CERROR_ATC_INV_SYNC = 3;

    private final Rig rig = new Rig().enable(Rig.ALL);

    private void publish(int count) {
        rig.smmu.write(Register.CMDQ_PROD, rig.smmu.read(Register.CMDQ_PROD) + count & 0x1F);
    }

    @Test
    @Rule("A-CMQ-01")
    @Rule("A-CMQ-02")
    @Rule("A-CMQ-09")
    void commandsAreConsumedInOrder() {
        rig.place(0, NSNH_ALL, 0);
        rig.place(1, EL2_ALL, 0);
        rig.place(2, SYNC, 0);
        assertEquals(List.of(), rig.translation.log);
        publish(3);
        assertEquals(List.of(NSNH_ALL_DONE, EL2_ALL_DONE, "sync"), rig.translation.log);
        assertEquals(3, rig.cons());
    }

    @Test
    @Rule("A-CMQ-02")
    void consumptionWraps() {
        for (int i = 0; i < 17; i++) {
            rig.command(NSNH_ALL, 0);
        }
        assertEquals(0x11, rig.cons());
        for (int i = 0; i < 15; i++) {
            rig.command(NSNH_ALL, 0);
        }
        assertEquals(0, rig.cons());
        assertEquals(32, rig.translation.log.size());
    }

    @Test
    @Rule("A-CMQ-06")
    @Rule("A-CMQ-10")
    void commandsBeyondProdAreNotLookedAt() {
        rig.place(0, NSNH_ALL, 0);
        rig.place(1, RESERVED, 0);
        publish(1);
        rig.place(1, EL2_ALL, 0);
        publish(1);
        assertEquals(List.of(NSNH_ALL_DONE, EL2_ALL_DONE), rig.translation.log);
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-CMQ-07")
    void inconsistentProdStopsConsumptionUntilTheQueueWasDisabled() {
        for (int i = 0; i < 3; i++) {
            rig.command(NSNH_ALL, 0);
        }
        rig.smmu.write(Register.CMDQ_PROD, 1);
        assertEquals(3, rig.cons());
        rig.place(3, EL2_ALL, 0);
        rig.smmu.write(Register.CMDQ_PROD, 4);
        assertEquals(3, rig.cons());
        rig.enable(0);
        rig.enable(Rig.ALL);
        assertEquals(4, rig.cons());
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-CMQ-07")
    void fullQueueIsConsistent() {
        rig.enable(0);
        for (int i = 0; i < 16; i++) {
            rig.place(i, NSNH_ALL, 0);
        }
        publish(16);
        rig.enable(Rig.ALL);
        assertEquals(16, rig.cons());
    }

    @Test
    @Rule("A-CER-01")
    @Rule("A-CER-06")
    void illegalCommandStopsConsumptionAtItself() {
        rig.place(0, NSNH_ALL, 0);
        rig.place(1, RESERVED, 0);
        rig.place(2, EL2_ALL, 0);
        publish(3);
        assertEquals(1, rig.cons());
        assertEquals(CERROR_ILL, rig.commandError());
        assertEquals(1, rig.errors());
        assertEquals(List.of(NSNH_ALL_DONE), rig.translation.log);
    }

    @Test
    @Rule("A-CER-02")
    @Rule("A-CER-22")
    void activeErrorStopsConsumption() {
        rig.command(RESERVED, 0);
        rig.command(RESERVED, 0);
        rig.command(NSNH_ALL, 0);
        rig.smmu.step();
        assertEquals(0, rig.cons());
        assertEquals(1, rig.smmu.read(Register.GERROR));
        assertEquals(List.of(), rig.translation.log);
    }

    @Test
    @Rule("A-CER-04")
    void acknowledgingFetchesTheCommandAgain() {
        rig.command(RESERVED, 0);
        rig.place(0, NSNH_ALL, 0);
        assertEquals(0, rig.cons());
        rig.acknowledgeErrors();
        assertEquals(1, rig.cons());
        assertEquals(List.of(NSNH_ALL_DONE), rig.translation.log);
    }

    @Test
    @Rule("A-CER-04")
    void acknowledgingAloneFailsAgainAtTheSameCommand() {
        rig.command(RESERVED, 0);
        rig.acknowledgeErrors();
        assertEquals(0, rig.cons());
        assertEquals(0, rig.smmu.read(Register.GERROR));
        assertEquals(1, rig.errors());
    }

    @Test
    @Rule("A-CER-04")
    void disablingTheQueueAcknowledgesNothing() {
        rig.command(RESERVED, 0);
        rig.enable(0);
        rig.enable(Rig.ALL);
        assertEquals(1, rig.errors());
        assertEquals(0, rig.cons());
    }

    @Test
    @Rule("A-CER-05")
    void entriesAndProdMayChangeWhileTheErrorIsActive() {
        rig.place(0, RESERVED, 0);
        rig.place(1, NSNH_ALL, 0);
        rig.place(2, NSNH_ALL, 0);
        publish(3);
        rig.place(0, SYNC, 0);
        rig.place(1, EL2_ALL, 0);
        rig.smmu.write(Register.CMDQ_PROD, 2);
        rig.acknowledgeErrors();
        assertEquals(List.of("sync", EL2_ALL_DONE), rig.translation.log);
        assertEquals(2, rig.cons());
    }

    @Test
    @Rule("A-CER-03")
    @Rule("A-CMQ-18")
    void abortedFetchIsReported() {
        rig.enable(0);
        rig.smmu.write(Register.CMDQ_BASE, 0x4000_0000L | 4);
        rig.enable(Rig.ALL);
        publish(1);
        assertEquals(CERROR_ABT, rig.commandError());
        assertEquals(1, rig.errors());
        assertEquals(0, rig.cons());
    }

    @Test
    @Rule("A-CER-20")
    void errorCodeMeansNothingOnceTheErrorIsAcknowledged() {
        rig.command(RESERVED, 0);
        rig.place(0, NSNH_ALL, 0);
        rig.acknowledgeErrors();
        assertEquals(0, rig.errors());
        assertEquals(1, rig.cons());
    }

    @Test
    @Rule("A-SYN-01")
    @Rule("A-SYN-02")
    @Rule("A-SYN-13")
    @Rule("A-CMQ-03")
    @Rule("A-CMQ-04")
    @Rule("A-CMQ-05")
    void cmdSyncCompletesWhatIsBeforeItAndNothingBehindItStartsEarlier() {
        rig.place(0, NSNH_ALL, 0);
        rig.place(1, SYNC, 0);
        rig.place(2, EL2_ALL, 0);
        rig.place(3, SYNC, 0);
        publish(4);
        assertEquals(List.of(NSNH_ALL_DONE, "sync", EL2_ALL_DONE, "sync"), rig.translation.log);
        assertEquals(4, rig.cons());
    }

    @Test
    @Rule("A-CER-19")
    @Rule("A-SYN-05")
    @Rule("A-ATS-10")
    void cmdSyncReportsAnAtcInvalidationThatTimedOutAndSucceedsNextTime() {
        rig.atcTimesOut = true;
        rig.command(0x40L | 5L << 32, 52);
        assertEquals(1, rig.cons());
        assertEquals(0, rig.errors());
        rig.sync();
        assertEquals(1, rig.cons());
        assertEquals(CERROR_ATC_INV_SYNC, rig.commandError());
        assertEquals(1, rig.errors());
        rig.acknowledgeErrors();
        assertEquals(2, rig.cons());
        assertEquals(0, rig.errors());
        assertEquals(1, rig.atcInvalidations.size());
    }

    @Test
    @Rule("A-SYN-03")
    void cmdSyncNeitherWaitsForStallsNorRetriesThem() {
        rig.stallAt(0x6000);
        rig.read(5, 0x6000);
        rig.mapAt(0x6000);
        rig.sync();
        assertEquals(1, rig.cons());
        assertEquals(List.of(), rig.smmu.step());
        assertEquals(1, rig.translation.transactions.size());
    }

    @Test
    @Rule("A-SYN-15")
    void cmdSyncLeavesEarlierMsiWritesVisible() {
        rig.command(SYNC | 1 << 12 | 0x11L << 32, 0x7000);
        rig.command(SYNC, 0);
        assertEquals(0x11, rig.memory.read64(0x7000));
        assertEquals(2, rig.cons());
    }

    @Test
    @Rule("A-CMQ-11")
    void vmidWildcardIsThatOfTheMomentOfExecution() {
        rig.enable(Rig.ALL | 2 << 6);
        rig.command(0x10 | 5L << 32, 0);
        rig.enable(Rig.ALL | 5 << 6);
        rig.command(0x10 | 5L << 32, 0);
        rig.enable(Rig.ALL | 4 << 6);
        rig.command(0x10 | 5L << 32, 0);
        assertEquals(
                List.of("TlbiNhAll[vmid=5] ignoring 2", "TlbiNhAll[vmid=5]", "TlbiNhAll[vmid=5] ignoring 4"),
                rig.translation.log);
    }

    @Test
    @Rule("A-CMQ-12")
    void commandsThatMatchNothingAreConsumed() {
        rig.command(0x03 | 0x1234L << 32, 0);
        rig.command(0x12 | 7L << 32 | 9L << 48, 0xFFFF_F000L);
        assertEquals(2, rig.cons());
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-CMQ-13")
    void identifiersOutOfRangeMakeACommandIneffective() {
        rig.command(0x03 | 0x1_0000L << 32, 0);
        rig.command(0x05 | 0x100L << 12 | 1L << 32, 0);
        rig.command(0x06 | 0xFFFF_FFFFL << 32, 0);
        rig.command(0x04 | 0x2_0000L << 32, 3);
        rig.command(0x40 | 0x1_0000L << 32, 52);
        rig.command(0x41 | 0x1_0000L << 32, 2 << 12);
        assertEquals(6, rig.cons());
        assertEquals(0, rig.errors());
        assertEquals(List.of(), rig.translation.log);
        assertEquals(List.of(), rig.atcInvalidations);
        assertEquals(List.of(), rig.responses);
    }

    @Test
    void configurationInvalidationsInRangeReachTheCaches() {
        rig.command(0x05 | 0xFF << 12 | 0xFFFFL << 32, 1);
        rig.command(0x06 | 0xFFFFL << 32, 0);
        assertEquals(
                List.of("CfgiCd[streamId=65535, substreamId=255, leaf=true]", "CfgiCdAll[streamId=65535]"),
                rig.translation.log);
    }

    @Test
    @Rule("A-CMQ-13")
    void rangeThatCoversEverythingIsNeverOutOfRange() {
        rig.command(0x04 | 0xFFFF_FFFFL << 32, 31);
        rig.command(0x04 | 0x1_FFFFL << 32, 16);
        assertEquals(
                List.of("CfgiSteRange[streamId=-1, range=31]", "CfgiSteRange[streamId=131071, range=16]"),
                rig.translation.log);
    }

    @Test
    @Rule("A-CMQ-14")
    @Rule("A-PRF-01")
    @Rule("A-PRF-02")
    void prefetchesAreHandedToTheCachesAndNeverFail() {
        rig.errorAt(0x5000, EventType.C_BAD_STE);
        rig.command(0x01 | 1 << 11 | 3 << 12 | 5L << 32, 0);
        rig.command(0x02 | 5L << 32, 0x5000 | 3 << 5);
        rig.command(0x02 | 1 << 11 | 3 << 12 | 5L << 32, 0x5000);
        rig.command(0x01 | 0x1_0000L << 32, 0);
        rig.command(0x02 | 1 << 11 | 0x100L << 12 | 5L << 32, 0x5000);
        assertEquals(5, rig.cons());
        assertEquals(List.of("prefetch 5 3", "prefetch 5 0 0x5000", "prefetch 5 3 0x5000"), rig.translation.log);
        assertEquals(List.of(), rig.events());
        assertEquals(0, rig.errors());
    }

    @Test
    @Rule("A-ATS-12")
    void commandsForEndpointsAreIgnoredWhileTheSmmuIsDisabled() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x40 | 5L << 32, 52);
        rig.command(0x41 | 5L << 32, 2 << 12);
        assertEquals(2, rig.cons());
        assertEquals(List.of(), rig.atcInvalidations);
        assertEquals(List.of(), rig.responses);
        rig.command(0x41 | 5L << 32, 3 << 12);
        assertEquals(CERROR_ILL, rig.commandError());
        assertNotEquals(0, rig.errors());
    }

    @Test
    void ruleLogShowsWhatDecided() {
        rig.command(RESERVED, 0);
        assertTrue(rig.decided("A-CER-01"));
        assertTrue(rig.decided("A-CER-07"));
    }
}
