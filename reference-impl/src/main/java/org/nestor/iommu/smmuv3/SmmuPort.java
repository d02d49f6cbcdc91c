package org.nestor.iommu.smmuv3;

import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.register.Register;

/** The way of a driver to an SMMU: its registers, and the memory that both see. */
public interface SmmuPort {

    long read(Register register);

    void write(Register register, long value);

    PhysicalMemory memory();
}
