package org.nestor.judge;

import java.util.EnumMap;
import java.util.Map;
import org.nestor.rule.Rule;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;

/**
 * The registers that hold what software wrote, with the bits of which that is not certain.
 *
 * <p>What a reset leaves UNKNOWN is taken as zero until a read shows otherwise, because software that relies on it is software under
 * development and not what is judged.
 */
final class RegisterValues {
    private final RegisterBank bank = new RegisterBank();
    private final Map<Register, Long> unknown = new EnumMap<>(Register.class);
    private final Map<Register, Boolean> untouched = new EnumMap<>(Register.class);

    RegisterBank bank() {
        return bank;
    }

    long get(Register register) {
        return bank.get(register);
    }

    /** The register holds this value for certain, in the bits of {@code mask}. */
    void set(Register register, long mask, long value) {
        bank.set(register, bank.get(register) & ~mask | value & mask);
        untouched.remove(register);
        if (!unknown.isEmpty()) {
            unknown.computeIfPresent(register, (key, bits) -> (bits & ~mask) == 0 ? null : bits & ~mask);
        }
    }

    /** The bits may have any value from now on. */
    void forget(Register register, long mask) {
        if (mask != 0) {
            untouched.remove(register);
            unknown.merge(register, mask, (a, b) -> a | b);
        }
    }

    /** The value after reset is UNKNOWN. */
    void leaveUntouched(Register register) {
        untouched.put(register, true);
    }

    /** Whether neither software nor a read has said what the register holds. */
    boolean untouched(Register register) {
        return !untouched.isEmpty() && untouched.containsKey(register);
    }

    /** Whether the register may hold something else than {@link #get}, because of how software wrote it. */
    boolean doubtful(Register register) {
        return !unknown.isEmpty() && unknown.containsKey(register);
    }

    /** A read shows the bits of {@code mask}. Returns those that cannot be so. */
    @Rule("A-REG-06")
    long shows(Register register, long mask, long value) {
        if (untouched.remove(register) != null) {
            bank.set(register, value & mask);
            return 0;
        }
        long doubt = unknown.getOrDefault(register, 0L) & mask;
        long wrong = (value ^ bank.get(register)) & mask & ~doubt;
        if (doubt != 0) {
            set(register, doubt, value);
        }
        return wrong;
    }
}
