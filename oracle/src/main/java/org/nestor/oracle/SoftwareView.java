package org.nestor.oracle;

import java.util.List;
import org.nestor.memory.ExternalAbort;
import org.nestor.smmu.register.Register;

/** An SMMU and its memory as software sees them. */
public interface SoftwareView {

    /** A register's value at its natural width, zero-extended. */
    long read(Register register);

    /** The values of several registers, read one after the other. */
    default List<Long> read(List<Register> registers) {
        return registers.stream().map(this::read).toList();
    }

    /** Writes a register at its natural width. */
    void write(Register register, long value);

    /**
     * Bytes of physical memory.
     *
     * @throws ExternalAbort when there is no memory
     */
    byte[] memory(long address, int length);
}
