package org.nestor.judge;

import java.util.Arrays;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.interrupt.GlobalError;

/** GERROR against GERRORN: which conditions are active, which may have become active, and which must have by the next step. */
final class ErrorRegister {
    private static final RuleId ACTIVATED = RuleId.of("A-GER-01");
    private static final RuleId ALREADY_ACTIVE = RuleId.of("A-GER-03");
    private static final RuleId ACKNOWLEDGED = RuleId.of("A-GER-02");
    private static final RuleId TOGGLED_INACTIVE = RuleId.of("A-GER-04");

    /** The conditions that are modelled; the others are not judged. */
    static final long MODELLED =
            Arrays.stream(GlobalError.values()).mapToLong(GlobalError::mask).reduce(0, (a, b) -> a | b);

    private final RuleLog rules;
    private long gerror;
    private long gerrorn;
    private long mayToggle;
    private long mustToggle;
    /** Of what may toggle: what would have done so by now. */
    private long settled;
    /** Conditions whose GERRORN bit was toggled while they were, or may have been, inactive. */
    private long confused;

    ErrorRegister(RuleLog rules) {
        this.rules = rules;
    }

    /** A cause of the condition has, or may have, come up. */
    @Rule("A-GER-01")
    @Rule("A-GER-03")
    void occur(GlobalError error, boolean certain) {
        if (certainlyActive(error)) {
            rules.followed(ALREADY_ACTIVE, certain);
            return;
        }
        mayToggle |= error.mask();
        settled &= ~error.mask();
        mustToggle |= certain ? error.mask() : 0;
    }

    /** The cause that may still have come up cannot any more. */
    void withdraw(GlobalError error) {
        mayToggle &= ~error.mask();
        mustToggle &= ~error.mask();
    }

    /** GERROR was read. Returns the bits that it cannot have. */
    @Rule("A-GER-06")
    long read(long value) {
        long changed = (value ^ gerror) & MODELLED;
        long wrong = changed & ~mayToggle & ~confused & ~GlobalError.SFM_ERR.mask();
        rules.followed(ACTIVATED, (changed & mayToggle) != 0);
        gerror ^= changed;
        mayToggle &= ~changed & ~settled;
        mustToggle &= ~changed;
        settled = 0;
        return wrong;
    }

    /** GERRORN was read. Returns the bits that it cannot have. */
    long readAcknowledge(long value) {
        return (value ^ gerrorn) & MODELLED & ~confused;
    }

    /** GERRORN is written. Returns the conditions that are acknowledged for certain. */
    @Rule("A-GER-02")
    @Rule("A-GER-04")
    long acknowledge(long value) {
        long changed = (value ^ gerrorn) & MODELLED;
        long active = (gerror ^ gerrorn) & ~mayToggle & ~confused;
        rules.followed(ACKNOWLEDGED, (changed & active) != 0);
        rules.followed(TOGGLED_INACTIVE, (changed & ~active) != 0);
        confused |= changed & ~active;
        gerrorn = value & MODELLED;
        return changed & active;
    }

    void becomeIdle() {
        gerror ^= mustToggle;
        mayToggle &= ~mustToggle;
        mustToggle = 0;
        settled = mayToggle;
    }

    boolean certainlyActive(GlobalError error) {
        return ((gerror ^ gerrorn) & ~mayToggle & ~confused & error.mask()) != 0;
    }

    boolean maybeActive(GlobalError error) {
        return ((gerror ^ gerrorn | mayToggle | confused) & error.mask()) != 0;
    }

    /** Whether software lost track of the condition by acknowledging what was not active. */
    boolean confused(GlobalError error) {
        return (confused & error.mask()) != 0;
    }

    /** GERROR as far as it is known. */
    long value() {
        return gerror;
    }
}
