package org.nestor.iommu.smmuv3;

import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** What an SMMU can do, as its ID registers say. */
public final class SmmuFeatures {
    private static final int BYTE = 8;
    private static final int MOST_BITS = 48;
    private static final int MOST_BITS_CODE = 5;
    private static final long LEAVES_OF_4K = 1L << 12 | 1L << 21 | 1L << 30;
    private static final long LEAVES_OF_16K = 1L << 14 | 1L << 25;
    private static final long LEAVES_OF_64K = 1L << 16 | 1L << 29;
    private static final long LEAF_OF_LARGE_ADDRESSES = 1L << 42;
    private static final int LARGE_ADDRESS_BITS = 52;

    private final IdRegisters ids;

    SmmuFeatures(SmmuPort port) {
        this.ids = new IdRegisters(
                (int) port.read(Register.IDR0),
                (int) port.read(Register.IDR1),
                (int) port.read(Register.IDR2),
                (int) port.read(Register.IDR3),
                (int) port.read(Register.IDR4),
                (int) port.read(Register.IDR5),
                (int) port.read(Register.IIDR),
                (int) port.read(Register.AIDR));
    }

    IdRegisters ids() {
        return ids;
    }

    boolean stage1() {
        return ids.s1p();
    }

    boolean stage2() {
        return ids.s2p();
    }

    /** STALL_MODEL 0b00 and 0b10 have stalls; under 0b01 they are missing. */
    boolean stalls() {
        return ids.stallModel() != 1 && ids.stallMax() > 0;
    }

    boolean ats() {
        return ids.ats();
    }

    boolean rangeInvalidation() {
        return ids.ril();
    }

    int asidBits() {
        return ids.asid16() ? 2 * BYTE : BYTE;
    }

    int vmidBits() {
        return ids.vmid16() ? 2 * BYTE : BYTE;
    }

    /** Width of a physical address, and so of the input of stage 2. */
    int addressBits() {
        return Math.min(ids.oas(), MOST_BITS);
    }

    /** The code of IPS and S2PS for {@link #addressBits}. */
    int addressCode() {
        return Math.min(ids.oasCode(), MOST_BITS_CODE);
    }

    boolean has(Granule granule) {
        return ids.supports(granule);
    }

    /** Every size that a leaf can have, a bit for each. A guest may have leaves that this driver never makes. */
    long leafSizes() {
        return (has(Granule.KB4) ? LEAVES_OF_4K : 0)
                | (has(Granule.KB16) ? LEAVES_OF_16K : 0)
                | (has(Granule.KB64) ? LEAVES_OF_64K : 0)
                | (has(Granule.KB64) && ids.oas() == LARGE_ADDRESS_BITS ? LEAF_OF_LARGE_ADDRESSES : 0);
    }
}
