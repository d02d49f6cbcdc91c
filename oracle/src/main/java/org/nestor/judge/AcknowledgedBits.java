package org.nestor.judge;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/**
 * CR0 against CR0ACK, or IRQ_CTRL against IRQ_CTRLACK: each bit as requested, and the values by which the SMMU may behave, two of
 * them from the write until software has seen the acknowledge.
 */
final class AcknowledgedBits {
    private static final RuleId ACKNOWLEDGED = RuleId.of("A-CTL-01");
    private static final RuleId OLD_OR_NEW = RuleId.of("A-CTL-02");
    private static final RuleId CHANGED_TWICE = RuleId.of("A-CTL-03");

    private final long implemented;
    private final RuleLog rules;
    private long requested;
    /** Bits that were changed again before the acknowledge was seen, of which either change may have been dropped. */
    private long unsure;

    private long mayBe0 = -1;
    private long mayBe1;
    private boolean idle = true;

    AcknowledgedBits(long implemented, RuleLog rules) {
        this.implemented = implemented;
        this.rules = rules;
    }

    @Rule("A-CTL-02")
    @Rule("A-CTL-03")
    void write(long written) {
        long value = written & implemented;
        long changed = requested ^ value;
        rules.followed(OLD_OR_NEW, changed != 0);
        rules.followed(CHANGED_TWICE, (changed & pending()) != 0);
        unsure |= changed & pending();
        requested = value;
        mayBe0 |= changed;
        mayBe1 |= changed;
        idle = false;
    }

    private long pending() {
        return mayBe0 & mayBe1;
    }

    /** CR0 or IRQ_CTRL was read. Returns the bits that it cannot have. */
    @Rule("A-CTL-01")
    @Rule("A-REG-06")
    long readRequest(long value) {
        long wrong = (value ^ requested) & implemented & ~unsure;
        requested = requested & ~unsure | value & unsure;
        unsure = 0;
        return wrong;
    }

    /** The acknowledge register was read. Returns the bits that it cannot have. */
    @Rule("A-CTL-01")
    long readAcknowledge(long value) {
        long wrong = (value & ~mayBe1 | ~value & ~mayBe0) & implemented;
        if (idle) {
            requested = requested & ~unsure | value & unsure;
            unsure = 0;
        }
        long shown = ~(value ^ requested) & implemented & ~unsure;
        rules.followed(ACKNOWLEDGED, (pending() & shown) != 0);
        settle(shown);
        return wrong;
    }

    /** Everything that was pending has happened. */
    void becomeIdle() {
        idle = true;
        settle(~unsure);
    }

    private void settle(long bits) {
        mayBe0 = mayBe0 & ~bits | ~requested & bits;
        mayBe1 = mayBe1 & ~bits | requested & bits;
    }

    /** The bits as they were requested last. */
    long requested() {
        return requested;
    }

    /** The bits by which the SMMU may behave, as if whatever may be 1 is. */
    long highest() {
        return mayBe1 & implemented;
    }

    /** The bits by which the SMMU may behave, as if whatever may be 0 is. */
    long lowest() {
        return ~mayBe0 & implemented;
    }

    boolean maybeSet(long bit) {
        return (mayBe1 & bit) != 0;
    }

    boolean maybeClear(long bit) {
        return (mayBe0 & bit) != 0;
    }

    boolean certainlySet(long bit) {
        return (mayBe0 & bit) == 0;
    }

    boolean certainlyClear(long bit) {
        return (mayBe1 & bit) == 0;
    }
}
