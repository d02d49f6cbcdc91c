package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.walk.GlobalConfiguration;

class EnableTests {
    private final Rig rig = new Rig();

    @Test
    @Rule("A-CTL-04")
    void enabledSmmuTranslates() {
        rig.translation.set(0x5000, FakeTranslation.to(0x9000));
        rig.memory.write64(0x9000, 0x1234);
        rig.enable(Rig.SMMUEN);
        DmaResult.Ok ok = assertInstanceOf(DmaResult.Ok.class, rig.read(1, 0x5000));
        assertEquals(0x9000, ok.physicalAddress());
        assertEquals("34120000", ok.data().toString());
    }

    @Test
    @Rule("A-CTL-04")
    void enablingInvalidatesNothing() {
        rig.enable(Rig.SMMUEN);
        assertEquals(List.of(), rig.translation.log);
    }

    @Test
    @Rule("A-CTL-05")
    @Rule("A-CTL-06")
    void disabledSmmuAsksForNoTranslation() {
        rig.translation.set(0x5000, FakeTranslation.to(0x9000));
        rig.enable(Rig.SMMUEN).enable(0);
        DmaResult.Ok ok = assertInstanceOf(DmaResult.Ok.class, rig.read(1, 0x5000));
        assertEquals(0x5000, ok.physicalAddress());
        assertEquals(List.of(), rig.translation.transactions);
    }

    @Test
    @Rule("A-CTL-06")
    @Rule("A-PRF-03")
    void prefetchDoesNothingWhileDisabled() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x01, 0);
        rig.command(0x02, 0x5000);
        assertEquals(2, rig.cons());
        assertEquals(List.of(), rig.translation.log);
    }

    @Test
    @Rule("A-CTL-07")
    void invalidationsWorkWhileDisabled() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x30, 0);
        rig.command(0x03 | 5L << 32, 1);
        assertEquals(List.of("TlbiNsnhAll[]", "CfgiSte[streamId=5, leaf=true]"), rig.translation.log);
    }

    @Test
    @Rule("A-CTL-08")
    @Rule("A-CTL-11")
    @Rule("A-CMQ-08")
    void commandsWaitForTheQueueToBeEnabled() {
        rig.command(0x30, 0);
        assertEquals(0, rig.cons());
        rig.enable(Rig.CMDQEN);
        assertEquals(1, rig.cons());
        rig.enable(0);
        rig.command(0x30, 0);
        rig.command(0x30, 0);
        assertEquals(1, rig.cons());
        rig.enable(Rig.CMDQEN);
        assertEquals(3, rig.cons());
    }

    @Test
    @Rule("A-CTL-09")
    @Rule("A-CTL-10")
    @Rule("A-CTL-11")
    void eventsWhileTheQueueIsDisabledAreLostWithoutOverflow() {
        rig.errorAt(0x5000, EventType.C_BAD_STE);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        rig.read(1, 0x5000);
        rig.enable(Rig.SMMUEN);
        for (int i = 0; i < 6; i++) {
            assertInstanceOf(DmaResult.Abort.class, rig.read(2, 0x5000));
        }
        assertEquals(1, rig.smmu.read(Register.EVENTQ_PROD));
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        rig.read(3, 0x5000);
        assertEquals(2, rig.smmu.read(Register.EVENTQ_PROD));
        assertEquals(3, rig.record(1).streamId());
    }

    @Test
    @Rule("A-CTL-13")
    void disablingEndsEveryHeldTransactionByAbortAndFreesTheStags() {
        rig.stallAt(0x5000);
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        rig.read(1, 0x5000);
        rig.read(2, 0x5000);
        assertEquals(List.of(), rig.smmu.step());
        rig.enable(Rig.EVENTQEN);
        assertEquals(
                List.of(new CompletedStall(0, new DmaResult.Abort()), new CompletedStall(1, new DmaResult.Abort())),
                rig.smmu.step());
        rig.enable(Rig.SMMUEN | Rig.EVENTQEN);
        assertEquals(new DmaResult.Stalled(0), rig.read(3, 0x5000));
    }

    @Test
    void translatorLearnsTheRegistersItDependsOn() {
        rig.smmu.write(Register.STRTAB_BASE, 0x4000_0000_0012_3440L);
        rig.smmu.write(Register.STRTAB_BASE_CFG, 0x1_0208);
        rig.smmu.write(Register.CR2, 0x3);
        rig.enable(Rig.SMMUEN | 0x10);
        List<GlobalConfiguration> seen = rig.translation.configurations;
        assertEquals(
                new GlobalConfiguration(true, 0x4000_0000_0012_3440L, 0x1_0208, 0x3, true), seen.get(seen.size() - 1));
        assertTrue(seen.get(seen.size() - 1).e2h());
    }

    @Test
    @Rule("A-CTL-14")
    void resetRestoresThePowerOnState() {
        rig.stallAt(0x5000);
        rig.enable(Rig.ALL);
        rig.read(1, 0x5000);
        rig.smmu.write(Register.CMDQ_PROD, 3);
        rig.smmu.reset();
        assertEquals(0, rig.smmu.read(Register.CR0));
        assertEquals(0, rig.smmu.read(Register.CR0ACK));
        assertEquals(0, rig.smmu.read(Register.CMDQ_BASE));
        assertEquals(0, rig.smmu.read(Register.EVENTQ_PROD));
        assertEquals(0x1000, rig.smmu.read(Register.GBPA));
        assertEquals(0, rig.memory.read64(Rig.EVENTS));
        assertEquals(List.of(), rig.smmu.step());
        assertEquals(List.of(), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-CTL-14")
    void translationIsConfiguredFromPowerOnAndAnewAfterAReset() {
        List<GlobalConfiguration> seen = rig.translation.configurations;
        assertEquals(List.of(GlobalConfiguration.RESET), seen);
        GlobalConfiguration enabled = new GlobalConfiguration(true, 0x12_3440L, 0, 0, false);
        for (int run = 0; run < 2; run++) {
            rig.smmu.write(Register.STRTAB_BASE, 0x12_3440L);
            rig.enable(Rig.SMMUEN);
            assertEquals(enabled, seen.get(seen.size() - 1), "after a reset as before");
            rig.smmu.reset();
            assertEquals(GlobalConfiguration.RESET, seen.get(seen.size() - 1));
        }
    }

    @Test
    void smmuTellsItsIdRegistersAndTheMemoryThatItShares() {
        assertEquals(Rig.FULL, rig.smmu.ids());
        assertSame(rig.memory, rig.smmu.memory());
        rig.smmu.reset(Rig.withIdr0(0, 1));
        assertEquals(Rig.withIdr0(0, 1), rig.smmu.ids());
    }

    @Test
    void resetMayChangeTheIdRegisters() {
        rig.smmu.reset(Rig.withIdr0(0, 1));
        assertEquals(Rig.FULL.idr0() & ~1, rig.smmu.read(Register.IDR0));
    }
}
