package org.nestor.smmu.interrupt;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;

/**
 * GERROR against GERRORN: a condition is active while its two bits differ.
 *
 * <p>GERRORN is stored as written, so that software which toggles the bit of an inactive condition makes it look active (one of the
 * outcomes of A-GER-04).
 */
public class GlobalErrors {
    private static final RuleId ACTIVATED = RuleId.of("A-GER-01");
    private static final RuleId REPEATED = RuleId.of("A-GER-03");

    private final RegisterBank bank;
    private final RuleLog rules;

    public GlobalErrors(RegisterBank bank, RuleLog rules) {
        this.bank = bank;
        this.rules = rules;
    }

    @Rule("A-GER-02")
    @Rule("A-GER-04")
    public boolean active(GlobalError error) {
        return ((bank.get(Register.GERROR) ^ bank.get(Register.GERRORN)) & error.mask()) != 0;
    }

    /**
     * Reports an occurrence.
     *
     * @return whether the condition became active by it; an occurrence while it is active leaves no trace
     */
    @Rule("A-GER-01")
    @Rule("A-GER-03")
    @Rule("A-GER-06")
    public boolean activate(GlobalError error) {
        if (active(error)) {
            rules.decided(REPEATED);
            return false;
        }
        rules.decided(ACTIVATED);
        bank.set(Register.GERROR, bank.get(Register.GERROR) ^ error.mask());
        return true;
    }

    /** Service failure mode, whose entry is IMPLEMENTATION DEFINED: this SMMU has no cause to enter it. */
    @Rule("A-GER-08")
    public boolean serviceFailure() {
        return false;
    }
}
