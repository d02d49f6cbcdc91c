package org.nestor.smmu.register;

import java.util.Arrays;
import org.nestor.smmu.format.Field;

/**
 * The values of all registers, as the SMMU itself sees them. Who may change which bits when is decided by {@link RegisterFile};
 * the parts that own a register (queue indexes, GERROR) change it here.
 */
public final class RegisterBank {
    private static final int PAGE_MASK = 0xFFFF;
    private static final int SLOTS = 0x200 / Integer.BYTES;

    private final long[] values = new long[SLOTS];

    /** The registers of page 1 lie where page 0 has nothing but their images. */
    private static int slot(Register register) {
        return (register.offset() & PAGE_MASK) / Integer.BYTES;
    }

    public long get(Register register) {
        return values[slot(register)];
    }

    /** The low 32 bits of a register. */
    public int get32(Register register) {
        return (int) values[slot(register)];
    }

    public long get(Register register, Field field) {
        return field.extract(values[slot(register)]);
    }

    public boolean isSet(Register register, Field field) {
        return field.isSet(values[slot(register)]);
    }

    public void set(Register register, long value) {
        values[slot(register)] = value;
    }

    public void set(Register register, Field field, long value) {
        values[slot(register)] = field.insert(values[slot(register)], value);
    }

    /** Every register zero. */
    public void clear() {
        Arrays.fill(values, 0);
    }

    /** The enable bit is 1 and acknowledged: the SMMU behaves by CR0ACK. */
    public boolean enabled(Enable enable) {
        return enable.field().isSet(get(Register.CR0ACK));
    }

    /** The enable bit is 0 as written and as acknowledged: what the guards of other registers ask for. */
    public boolean disabled(Enable enable) {
        return !enable.field().isSet(get(Register.CR0) | get(Register.CR0ACK));
    }
}
