package org.nestor.generators.vectors;

import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;

/** What software and devices can do to an SMMU: the architectural interface, and nothing behind it. */
public interface Machine {

    /** Memory as PEs see it. */
    PhysicalMemory memory();

    /** Reads a register at its natural width. */
    long read(Register register);

    /** Writes a register at its natural width. */
    void write(Register register, long value);

    /**
     * A DMA of a client device.
     *
     * @param data what a write writes; empty for a read
     * @param length bytes
     */
    DmaResult dma(Transaction transaction, byte[] data, int length);

    /** An SMMU of the reference. */
    static Machine of(Smmu smmu) {
        return new Machine() {
            @Override
            public PhysicalMemory memory() {
                return smmu.memory();
            }

            @Override
            public long read(Register register) {
                return smmu.read(register);
            }

            @Override
            public void write(Register register, long value) {
                smmu.write(register, value);
            }

            @Override
            public DmaResult dma(Transaction transaction, byte[] data, int length) {
                return smmu.dma(transaction, data, length);
            }
        };
    }
}
