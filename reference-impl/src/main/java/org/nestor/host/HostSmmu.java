package org.nestor.host;

import org.nestor.iommu.smmuv3.SmmuPort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.register.Register;

/** What the driver sees of an SMMU. */
record HostSmmu(Smmu smmu) implements SmmuPort {

    @Override
    public long read(Register register) {
        return smmu.read(register);
    }

    @Override
    public void write(Register register, long value) {
        smmu.write(register, value);
    }

    @Override
    public PhysicalMemory memory() {
        return smmu.memory();
    }
}
