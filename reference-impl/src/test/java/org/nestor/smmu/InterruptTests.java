package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.interrupt.Interrupt;
import org.nestor.smmu.register.Register;

class InterruptTests {
    private static final long TARGET = 0x7000;
    private static final long OUTSIDE = 0x4000_0000L;
    private static final long GERROR_IRQEN = 1;
    private static final long EVENTQ_IRQEN = 4;

    /** What the registers showed when the MSI was written. */
    private final List<String> seen = new ArrayList<>();

    private final Rig rig = new Rig(Rig.FULL, Watching::new);

    InterruptTests() {
        rig.errorAt(0x5000, EventType.C_BAD_STE);
    }

    private void fault() {
        rig.read(1, 0x5000);
    }

    private void configure(Register cfg0, long address, Register cfg1, long data) {
        rig.smmu.write(cfg0, address);
        rig.smmu.write(cfg1, data);
    }

    private int msi() {
        return (int) rig.memory.read64(TARGET);
    }

    @Test
    @Rule("A-IRQ-02")
    @Rule("A-IRQ-07")
    void eventQueueInterruptsWhenItBecomesNonEmpty() {
        rig.smmu.write(Register.IRQ_CTRL, EVENTQ_IRQEN);
        rig.enable(Rig.ALL);
        fault();
        assertEquals(List.of(Interrupt.EVENTQ), rig.smmu.takeInterrupts());
        fault();
        assertEquals(List.of(), rig.smmu.takeInterrupts());
        rig.events();
        fault();
        assertEquals(List.of(Interrupt.EVENTQ), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-IRQ-01")
    void sourceThatIsOffRaisesNothing() {
        configure(Register.EVENTQ_IRQ_CFG0, TARGET, Register.EVENTQ_IRQ_CFG1, 0xCAFE);
        rig.enable(Rig.ALL);
        fault();
        assertEquals(List.of(), rig.smmu.takeInterrupts());
        assertEquals(0, msi());
    }

    @Test
    @Rule("A-IRQ-03")
    @Rule("A-IRQ-06")
    void recordAndProdAreVisibleBeforeTheInterrupt() {
        configure(Register.EVENTQ_IRQ_CFG0, TARGET, Register.EVENTQ_IRQ_CFG1, 0xCAFE_F00DL);
        rig.smmu.write(Register.IRQ_CTRL, EVENTQ_IRQEN);
        rig.enable(Rig.ALL);
        fault();
        assertEquals(0xCAFE_F00D, msi());
        assertEquals(List.of("prod 1, record 4, cons 0"), seen);
        assertEquals(List.of(Interrupt.EVENTQ), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-IRQ-05")
    void msiAddressOfZeroLeavesOnlyTheWire() {
        configure(Register.EVENTQ_IRQ_CFG0, 0, Register.EVENTQ_IRQ_CFG1, 0xCAFE);
        rig.smmu.write(Register.IRQ_CTRL, EVENTQ_IRQEN);
        rig.enable(Rig.ALL);
        fault();
        assertEquals(List.of(Interrupt.EVENTQ), rig.smmu.takeInterrupts());
        assertEquals(0, rig.memory.read64(0));
    }

    @Test
    @Rule("A-GER-09")
    void abortedMsiOfTheEventQueueIsReportedAndNothingElseChanges() {
        configure(Register.EVENTQ_IRQ_CFG0, OUTSIDE, Register.EVENTQ_IRQ_CFG1, 1);
        rig.smmu.write(Register.IRQ_CTRL, EVENTQ_IRQEN);
        rig.enable(Rig.ALL);
        fault();
        assertEquals(1 << 5, rig.errors());
        assertEquals(1, rig.events().size());
    }

    @Test
    @Rule("A-GER-05")
    void globalErrorInterruptsWhenItBecomesActive() {
        configure(Register.GERROR_IRQ_CFG0, TARGET, Register.GERROR_IRQ_CFG1, 0x77);
        rig.smmu.write(Register.IRQ_CTRL, GERROR_IRQEN);
        rig.enable(Rig.CMDQEN);
        rig.command(0xFF, 0);
        assertEquals(List.of(Interrupt.GERROR), rig.smmu.takeInterrupts());
        assertEquals(0x77, msi());
    }

    @Test
    @Rule("A-GER-05")
    void abortedMsiOfTheErrorInterruptRaisesNoFurtherOne() {
        configure(Register.GERROR_IRQ_CFG0, OUTSIDE, Register.GERROR_IRQ_CFG1, 0x77);
        rig.smmu.write(Register.IRQ_CTRL, GERROR_IRQEN);
        rig.enable(Rig.CMDQEN);
        rig.command(0xFF, 0);
        assertEquals(0x81, rig.errors());
        assertEquals(List.of(Interrupt.GERROR), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-GER-01")
    @Rule("A-GER-02")
    void conditionTogglesOnlyWhileItIsInactive() {
        rig.enable(Rig.CMDQEN);
        rig.command(0xFF, 0);
        assertEquals(1, rig.smmu.read(Register.GERROR));
        rig.smmu.write(Register.GERRORN, 1);
        assertEquals(0, rig.smmu.read(Register.GERROR));
        assertEquals(1, rig.errors());
        rig.smmu.write(Register.GERRORN, 0);
        assertEquals(1, rig.smmu.read(Register.GERROR));
    }

    @Test
    @Rule("A-GER-03")
    @Rule("A-GER-06")
    void repeatedOccurrenceLeavesNoTrace() {
        configure(Register.EVENTQ_IRQ_CFG0, OUTSIDE, Register.EVENTQ_IRQ_CFG1, 1);
        rig.smmu.write(Register.IRQ_CTRL, EVENTQ_IRQEN);
        rig.enable(Rig.ALL);
        for (int i = 0; i < 3; i++) {
            fault();
            rig.events();
        }
        assertEquals(1 << 5, rig.smmu.read(Register.GERROR));
        assertTrue(rig.decided("A-GER-03"));
    }

    @Test
    @Rule("A-GER-04")
    void togglingTheAcknowledgeOfAnInactiveConditionMakesItLookActive() {
        rig.smmu.write(Register.GERRORN, 1);
        rig.enable(Rig.CMDQEN);
        rig.command(0x30, 0);
        assertEquals(0, rig.cons());
        assertEquals(0, rig.smmu.read(Register.GERROR));
    }

    @Test
    @Rule("A-SYN-10")
    void msiAddressIsTruncatedToTheOutputSizeAfterTheTestForZero() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x46L | 1 << 12 | 0xABCDL << 32, 1L << 50 | TARGET);
        assertEquals(0xABCD, msi());
        rig.command(0x46L | 1 << 12 | 0x1234L << 32, 1L << 50);
        assertEquals(0x1234, rig.memory.read64(0));
    }

    /** Looks at the registers when the MSI target is written. */
    private final class Watching extends ForwardingMemory {
        Watching(PhysicalMemory memory) {
            super(memory);
        }

        @Override
        public void write(long address, byte[] data) {
            if (address == TARGET) {
                seen.add("prod " + rig.smmu.read(Register.EVENTQ_PROD) + ", record " + (read64(Rig.EVENTS) & 0xFF)
                        + ", cons " + rig.cons());
            }
            super.write(address, data);
        }
    }

    @Test
    @Rule("A-SYN-06")
    @Rule("A-SYN-08")
    @Rule("A-SYN-12")
    void completionIsVisibleBeforeTheMsiOfCmdSync() {
        rig.enable(Rig.ALL);
        fault();
        rig.command(0x46L | 1 << 12 | 0x55L << 32, TARGET);
        assertEquals(0x55, msi());
        assertEquals(List.of("prod 1, record 4, cons 1"), seen);
        assertEquals(List.of(Interrupt.CMDQ_SYNC), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-SYN-06")
    void wiredSignalOfCmdSyncNeedsNoAddress() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x46 | 1 << 12, 0);
        assertEquals(List.of(Interrupt.CMDQ_SYNC), rig.smmu.takeInterrupts());
        rig.sync();
        assertEquals(List.of(), rig.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-SYN-06")
    void withoutTheFeatureNoMsiIsSent() {
        Rig wired = new Rig(Rig.withIdr0(0, 1 << 13)).enable(Rig.CMDQEN);
        wired.command(0x46L | 1 << 12 | 0x55L << 32, TARGET);
        assertEquals(0, wired.memory.read64(TARGET));
        assertEquals(List.of(Interrupt.CMDQ_SYNC), wired.smmu.takeInterrupts());
    }

    @Test
    @Rule("A-SYN-09")
    void cmdSyncCompletesAlsoIfItsMsiIsAborted() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x46L | 1 << 12, OUTSIDE);
        assertEquals(1, rig.cons());
        assertEquals(1 << 4, rig.errors());
    }

    @Test
    @Rule("A-SYN-07")
    void eventIsSentOnlyWithTheFeature() {
        rig.enable(Rig.CMDQEN);
        rig.command(0x46 | 2 << 12, 0);
        assertEquals(0, rig.smmu.eventsSent());
        assertEquals(1, rig.cons());
        Rig sev = new Rig(Rig.withIdr0(1 << 14, 0)).enable(Rig.CMDQEN);
        sev.command(0x46 | 2 << 12, 0);
        assertEquals(1, sev.smmu.eventsSent());
        assertEquals(List.of(), sev.smmu.takeInterrupts());
    }
}
