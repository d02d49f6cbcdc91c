package org.nestor.oracle.qemu;

import java.util.Arrays;
import java.util.List;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/**
 * The registers as a new QEMU has them. QEMU's system reset leaves some as they are (CR1, CR2, STRTAB_BASE and
 * STRTAB_BASE_CFG in version 10), which would show one scenario what the one before it did.
 */
final class PowerOn {
    private static final Field UPDATE = RegisterLayouts.GBPA.field("Update");
    private static final List<Register> WRITABLE = Arrays.stream(Register.values())
            .filter(register -> register.kind() != Register.Kind.READ_ONLY)
            .toList();

    private final SmmuPort smmu;
    private final List<Long> values;

    /** Takes the values that the registers have now. */
    PowerOn(SmmuPort smmu) {
        this.smmu = smmu;
        this.values = smmu.read(WRITABLE);
    }

    /** Gives the registers these values again, after a reset. */
    void restore() {
        List<Long> found = smmu.read(WRITABLE);
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).equals(values.get(i))) {
                restore(WRITABLE.get(i), values.get(i));
            }
        }
        if (!found.equals(values) && !smmu.read(WRITABLE).equals(values)) {
            throw LostPeerException.died("its registers do not take their reset values again");
        }
    }

    private void restore(Register register, long value) {
        smmu.write(register, register == Register.GBPA ? value | UPDATE.mask() : value);
    }
}
