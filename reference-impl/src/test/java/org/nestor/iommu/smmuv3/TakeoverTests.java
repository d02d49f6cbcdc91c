package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.dma.MsiLayer;
import org.nestor.host.HostRig;
import org.nestor.iommu.Parts;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;

/** A driver that finds its SMMU enabled, as the kernel of a crash dump does. */
class TakeoverTests {
    private static final long PAGE = 0x1000_0000L;
    private static final int STREAM = 1;

    /** The port of an SMMU behind which a device reads after each write of a register. */
    private record BusyPort(Smmu smmu, List<DmaResult> reads) implements SmmuPort {
        @Override
        public long read(Register register) {
            return smmu.read(register);
        }

        @Override
        public void write(Register register, long value) {
            smmu.write(register, value);
            reads.add(smmu.dma(Transaction.read(STREAM, PAGE), new byte[0], 4));
        }

        @Override
        public PhysicalMemory memory() {
            return smmu.memory();
        }
    }

    @Test
    void dmaThatGoesOnIsAbortedAtEachStepOfTheTakeover() {
        HostRig rig = new HostRig();
        rig.device(STREAM);
        List<DmaResult> reads = new ArrayList<>();
        start(rig, new BusyPort(rig.smmus.get(0), reads));
        assertEquals(1, rig.smmus.get(0).read(Register.CR0ACK) & 1);
        reads.forEach(read -> assertInstanceOf(DmaResult.Abort.class, read));
    }

    private static void start(HostRig rig, SmmuPort port) {
        PageAllocator pages = new PageAllocator(rig.memory, HostRig.TABLES_END, HostRig.RAM_BYTES);
        new SmmuDriver(Parts.REFERENCE, new MsiLayer(4096, Parts.REFERENCE), DriverObserver.NONE)
                .start(port, pages, DriverOptions.DEFAULT);
    }
}
