package org.nestor.oracle;

import org.nestor.smmu.Smmu;
import org.nestor.smmu.register.Register;

/**
 * The embedded reference as software sees it.
 *
 * @param smmu the SMMU
 */
record ReferenceView(Smmu smmu) implements SoftwareView {
    @Override
    public long read(Register register) {
        return smmu.read(register);
    }

    @Override
    public void write(Register register, long value) {
        smmu.write(register, value);
    }

    @Override
    public byte[] memory(long address, int length) {
        return smmu.memory().read(address, length);
    }
}
