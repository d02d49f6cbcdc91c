package org.nestor.smmu.register;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;

/** The registers as software reads and writes them. */
public class RegisterFile {
    /** SHCFG = 0b01 (use incoming) and ABORT = 0; IMPLEMENTATION DEFINED. */
    public static final long GBPA_RESET = 0x1000;

    private static final RuleId PENDING_CHANGE = RuleId.of("A-CTL-03");
    private static final RuleId GBPA_WITHOUT_UPDATE = RuleId.of("A-GBP-07");
    private static final RuleId GBPA_DURING_UPDATE = RuleId.of("A-GBP-08");
    private static final RuleId ACKNOWLEDGED = RuleId.of("A-CTL-01");
    private static final RuleId BYPASS_TAKEN = RuleId.of("A-GBP-06");
    private static final RuleId BYPASS_WHILE_ENABLED = RuleId.of("A-GBP-10");
    private static final Field UPDATE = RegisterLayouts.GBPA.field("Update");

    private final RegisterBank bank;
    private final RegisterDecoder decoder;
    private final RegisterFeatures features;
    private final RegisterGuards guards;
    private final Acknowledgement acknowledgement;
    private final RuleLog rules;
    private long bypassInForce = GBPA_RESET;

    public RegisterFile(
            RegisterBank bank,
            RegisterDecoder decoder,
            RegisterFeatures features,
            RegisterGuards guards,
            Acknowledgement acknowledgement,
            RuleLog rules) {
        this.bank = bank;
        this.decoder = decoder;
        this.features = features;
        this.guards = guards;
        this.acknowledgement = acknowledgement;
        this.rules = rules;
        reset();
    }

    /** Power-on values: what the architecture leaves UNKNOWN is zero. */
    public final void reset() {
        bank.clear();
        for (Register register : Register.values()) {
            bank.set(register, features.identification(register));
        }
        bank.set(Register.GBPA, GBPA_RESET);
        bypassInForce = GBPA_RESET;
    }

    /**
     * Reads 1, 2, 4 or 8 bytes; the value is zero-extended.
     *
     * @param offset from the base of page 0, any alignment
     */
    public long read(long offset, int size) {
        Optional<RegisterDecoder.Target> target = decoder.decode(offset, size);
        if (target.isEmpty()) {
            return 0;
        }
        RegisterDecoder.Target found = target.get();
        return (bank.get(found.register()) & found.mask()) >>> found.shift();
    }

    /** Writes 1, 2, 4 or 8 bytes. The change takes effect with {@link #acknowledge()}. */
    public void write(long offset, int size, long value) {
        decoder.decode(offset, size).ifPresent(target -> store(target, value));
    }

    private void store(RegisterDecoder.Target target, long value) {
        Register register = target.register();
        long old = bank.get(register);
        long written = old & ~target.mask() | value << target.shift() & target.mask();
        switch (register) {
            case CR0 -> request(register, Register.CR0ACK, written);
            case IRQ_CTRL -> request(register, Register.IRQ_CTRLACK, written);
            case GBPA -> writeBypass(old, written);
            default -> {
                long writable = guards.writable(register, features.implemented(register));
                bank.set(register, old & ~writable | written & writable);
            }
        }
    }

    private void request(Register register, Register acknowledge, long written) {
        long value = written & features.implemented(register);
        bank.set(register, requested(bank.get(register), bank.get(acknowledge), value));
    }

    /**
     * The value of CR0 or IRQ_CTRL after a write. A bit whose last change is not yet acknowledged keeps that change: out of what
     * is CONSTRAINED UNPREDICTABLE, this SMMU ignores the second write to it.
     */
    @Rule("A-CTL-01")
    @Rule("A-CTL-03")
    protected long requested(long requested, long acknowledged, long written) {
        long pending = requested ^ acknowledged;
        if ((pending & (requested ^ written)) != 0) {
            rules.decided(PENDING_CHANGE);
        }
        return requested & pending | written & ~pending;
    }

    private void writeBypass(long old, long written) {
        if (takesBypass(UPDATE.isSet(old), UPDATE.isSet(written))) {
            rules.decided(BYPASS_TAKEN);
            rules.followed(BYPASS_WHILE_ENABLED, bank.enabled(Enable.SMMUEN));
            bank.set(Register.GBPA, written & features.implemented(Register.GBPA));
        }
    }

    /**
     * Whether a write to GBPA is taken: only with Update = 1, and not while an update goes on. Whether SMMUEN is 1 is irrelevant.
     * Every other write is ignored, in every architecture version.
     */
    @Rule("A-GBP-06")
    @Rule("A-GBP-07")
    @Rule("A-GBP-08")
    @Rule("A-GBP-10")
    protected boolean takesBypass(boolean updating, boolean withUpdate) {
        if (updating) {
            rules.decided(GBPA_DURING_UPDATE);
        } else if (!withUpdate) {
            rules.decided(GBPA_WITHOUT_UPDATE);
        }
        return !updating && withUpdate;
    }

    /** Lets the changes that software asked for take effect, as far as they do by now. */
    public void acknowledge() {
        rules.followed(ACKNOWLEDGED, bank.get(Register.CR0) != bank.get(Register.CR0ACK));
        bank.set(Register.CR0ACK, acknowledgement.control(bank.get(Register.CR0), bank.get(Register.CR0ACK)));
        bank.set(
                Register.IRQ_CTRLACK,
                acknowledgement.interrupts(bank.get(Register.IRQ_CTRL), bank.get(Register.IRQ_CTRLACK)));
        if (bank.isSet(Register.GBPA, UPDATE) && acknowledgement.bypassAttributes()) {
            bank.set(Register.GBPA, UPDATE, 0);
            bypassInForce = bank.get(Register.GBPA);
        }
    }

    /** GBPA as it applies to transactions: until an update completes, the old value. */
    @Rule("A-GBP-09")
    public long bypassInForce() {
        return bypassInForce;
    }
}
