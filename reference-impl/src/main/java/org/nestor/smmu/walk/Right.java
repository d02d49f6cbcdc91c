package org.nestor.smmu.walk;

import org.nestor.smmu.transaction.Access;

/** A right that an access needs: what it does, and at which privilege. */
public enum Right {
    READ(1),
    WRITE(2),
    EXECUTE(4),
    PRIVILEGED_READ(8),
    PRIVILEGED_WRITE(16),
    PRIVILEGED_EXECUTE(32);

    private final int bit;

    Right(int bit) {
        this.bit = bit;
    }

    /** The right that an access needs; writes are always data. */
    public static Right of(Access access, boolean privileged, boolean instruction) {
        if (access == Access.WRITE) {
            return privileged ? PRIVILEGED_WRITE : WRITE;
        }
        if (instruction) {
            return privileged ? PRIVILEGED_EXECUTE : EXECUTE;
        }
        return privileged ? PRIVILEGED_READ : READ;
    }

    /** Bit of this right in a set of rights. */
    public int bit() {
        return bit;
    }

    public boolean isWrite() {
        return this == WRITE || this == PRIVILEGED_WRITE;
    }
}
