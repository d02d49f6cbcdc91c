package org.nestor.judge;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.RegisterLayouts;

/** GBPA: what it reads as, and what may apply to transactions. Its reset value is IMPLEMENTATION DEFINED. */
final class BypassRegister {
    private static final RuleId TAKEN = RuleId.of("A-GBP-06");
    private static final RuleId WITHOUT_UPDATE = RuleId.of("A-GBP-07");
    private static final RuleId DURING_UPDATE = RuleId.of("A-GBP-08");
    private static final RuleId READS_AS_WRITTEN = RuleId.of("A-GBP-09");
    private static final long UPDATE = RegisterLayouts.GBPA.field("Update").mask();
    private static final long ABORT = RegisterLayouts.GBPA.field("ABORT").mask();

    private final long fields;
    private final boolean strict;
    private final RuleLog rules;
    private long stored;
    private long storedUnknown;
    private long inForce;
    private long inForceUnknown;
    private boolean updating;
    /** What it reads as once Update is 0 is what is in force. */
    private boolean tied = true;

    /**
     * @param fields the bits that exist, Update apart
     * @param strict SMMUv3.2 or later, where a write that breaks the protocol is ignored
     */
    BypassRegister(long fields, boolean strict, RuleLog rules) {
        this.fields = fields & ~UPDATE;
        this.strict = strict;
        this.rules = rules;
        this.storedUnknown = this.fields;
        this.inForceUnknown = this.fields;
    }

    @Rule("A-GBP-06")
    @Rule("A-GBP-07")
    @Rule("A-GBP-08")
    void write(long value) {
        boolean update = (value & UPDATE) != 0;
        if (updating || !update) {
            rules.decided(updating ? DURING_UPDATE : WITHOUT_UPDATE);
            outsideProtocol(value, update);
            return;
        }
        rules.decided(TAKEN);
        inForceUnknown |= (inForce ^ value) & fields;
        stored = value & fields;
        storedUnknown = 0;
        updating = true;
        tied = true;
    }

    /** With an update that goes on or has just ended, or without Update = 1: taken or not. */
    private void outsideProtocol(long value, boolean update) {
        if (strict && !update) {
            return;
        }
        storedUnknown |= (stored ^ value) & fields;
        inForceUnknown |= (inForce ^ value | stored ^ value) & fields;
        tied &= update;
    }

    /** Returns the bits that the register cannot read as. */
    @Rule("A-GBP-09")
    long read(long value) {
        rules.followed(READS_AS_WRITTEN, updating);
        long wrong = (value ^ stored) & fields & ~storedUnknown | (updating ? 0 : value & UPDATE);
        stored = stored & ~storedUnknown | value & storedUnknown;
        storedUnknown = 0;
        if ((value & UPDATE) == 0) {
            finish();
        }
        return wrong;
    }

    private void finish() {
        updating = false;
        if (tied) {
            inForce = stored;
            inForceUnknown = storedUnknown;
        }
    }

    void becomeIdle() {
        if (updating) {
            finish();
        }
    }

    /** What applies to transactions, as far as it is known. */
    long inForce() {
        return inForce;
    }

    /** Whether transactions may be aborted. */
    boolean mayAbort() {
        return ((inForce | inForceUnknown) & ABORT) != 0;
    }

    /** Whether transactions may go through. */
    boolean mayPass() {
        return (inForce & ~inForceUnknown & ABORT) == 0;
    }

    /** Whether the attributes that it gives to accesses are known. */
    boolean attributesKnown() {
        return (inForceUnknown & ~ABORT) == 0;
    }

    /** A transaction showed whether ABORT is in force. */
    void shows(boolean abort) {
        if (!updating && (inForceUnknown & ABORT) != 0) {
            inForce = abort ? inForce | ABORT : inForce & ~ABORT;
            inForceUnknown &= ~ABORT;
        }
    }
}
