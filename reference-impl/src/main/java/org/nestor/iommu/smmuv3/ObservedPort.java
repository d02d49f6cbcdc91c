package org.nestor.iommu.smmuv3;

import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.register.Register;

/** The way to an SMMU under the eyes of an observer. */
record ObservedPort(SmmuPort port, DriverObserver observer) implements SmmuPort {

    @Override
    public long read(Register register) {
        return port.read(register);
    }

    @Override
    public void write(Register register, long value) {
        port.write(register, value);
        observer.wrote(register);
    }

    @Override
    public PhysicalMemory memory() {
        return port.memory();
    }
}
