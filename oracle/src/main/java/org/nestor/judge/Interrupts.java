package org.nestor.judge;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nestor.memory.ExternalAbort;
import org.nestor.protocol.Interrupt;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.RegisterLayouts;

/** The interrupts that may have been raised, and those that must have been by the next step. */
final class Interrupts {
    private static final RuleId ENABLE = RuleId.of("A-IRQ-01");
    private static final RuleId COALESCED = RuleId.of("A-IRQ-07");
    private static final RuleId SYNC_SIGNAL = RuleId.of("A-SYN-06");
    private static final RuleId NO_ADDRESS = RuleId.of("A-IRQ-05");
    private static final RuleId TRUNCATED = RuleId.of("A-SYN-10");
    private static final long MSI_ADDRESS =
            RegisterLayouts.IRQ_CFG0.field("ADDR").mask();

    private final IdRegisters ids;
    private final LateWrites memory;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final ErrorRegister errors;
    private final Doubts doubts;
    private final RuleLog rules;
    private final Set<Interrupt> causedSinceStep = EnumSet.noneOf(Interrupt.class);
    private final Set<Interrupt> causedBefore = EnumSet.noneOf(Interrupt.class);
    private final Set<Interrupt> certain = EnumSet.noneOf(Interrupt.class);
    private final Set<Interrupt> owed = EnumSet.noneOf(Interrupt.class);
    private long wasEnabled;
    private long synchronisationShownAt = -1;

    Interrupts(
            IdRegisters ids,
            LateWrites memory,
            RegisterValues registers,
            AcknowledgedBits control,
            ErrorRegister errors,
            Doubts doubts,
            RuleLog rules) {
        this.ids = ids;
        this.memory = memory;
        this.registers = registers;
        this.control = control;
        this.errors = errors;
        this.doubts = doubts;
        this.rules = rules;
    }

    /** A cause of the source has, or may have, come up. */
    @Rule("A-IRQ-01")
    @Rule("A-IRQ-05")
    @Rule("A-IRQ-06")
    void cause(InterruptSource source, boolean sure, long at) {
        causedSinceStep.add(source.name);
        wasEnabled |= control.highest();
        if (control.certainlyClear(source.enable)) {
            rules.followed(ENABLE, sure);
            return;
        }
        if (sure && asksFor(source)) {
            certain.add(source.name);
        }
        if (registers.doubtful(source.address) || registers.doubtful(source.data)) {
            doubts.raise(
                    Doubts.Area.EVERYTHING,
                    source.address + " or " + source.data + " was written while the interrupt was enabled (A-REG-16),"
                            + " so that an MSI may have gone anywhere");
            return;
        }
        message(registers.get(source.address) & MSI_ADDRESS, (int) registers.get(source.data), source.msiError, at);
    }

    /** Whether the interrupt must come when its cause has come up. */
    boolean asksFor(InterruptSource source) {
        return control.certainlySet(source.enable) && !ids.msi();
    }

    /** A CMD_SYNC with CS = SIG_IRQ may complete from now on. */
    @Rule("A-SYN-06")
    @Rule("A-SYN-10")
    void causeSynchronisation(long msiAddress, int msiData, long at) {
        causedSinceStep.add(Interrupt.CMDQ_SYNC);
        message(msiAddress, msiData, GlobalError.MSI_CMDQ_ABT_ERR, at);
    }

    /** A CMD_SYNC with CS = SIG_IRQ is complete. One interrupt since its publication may be its own, and several may share one. */
    @Rule("A-IRQ-07")
    void synchronised(long published) {
        if (!ids.msi() && published > synchronisationShownAt) {
            certain.add(Interrupt.CMDQ_SYNC);
        }
    }

    @Rule("A-GER-09")
    private void message(long address, int data, GlobalError onAbort, long at) {
        rules.followed(NO_ADDRESS, ids.msi() && address == 0);
        if (!ids.msi() || address == 0) {
            return;
        }
        rules.followed(TRUNCATED, target(address) != address);
        try {
            memory.mayWrite(target(address), bytes(data), at);
        } catch (ExternalAbort abort) {
            error(onAbort, false, at);
        }
    }

    /** Where an MSI to this address goes. */
    long target(long address) {
        return address & (1L << ids.oas()) - 1;
    }

    static byte[] bytes(int data) {
        return new byte[] {(byte) data, (byte) (data >>> 8), (byte) (data >>> 16), (byte) (data >>> 24)};
    }

    /** An error condition has, or may have, become active. */
    @Rule("A-GER-05")
    void error(GlobalError error, boolean sure, long at) {
        boolean active = errors.certainlyActive(error);
        boolean inactive = !errors.maybeActive(error);
        errors.occur(error, sure);
        if (!active && error != GlobalError.MSI_GERROR_ABT_ERR) {
            cause(InterruptSource.GERROR, sure && inactive, at);
        }
    }

    void becomeIdle() {
        causedBefore.addAll(causedSinceStep);
        causedSinceStep.clear();
        owed.addAll(certain);
        certain.clear();
    }

    /** Interrupts were enabled or disabled. */
    void controlChanged() {
        wasEnabled |= control.highest();
    }

    /** An {@code irqs} reply. */
    @Rule("A-IRQ-07")
    Verdict judge(List<Interrupt> raised, long at) {
        if (raised.contains(Interrupt.CMDQ_SYNC)) {
            synchronisationShownAt = at;
        }
        for (Interrupt name : raised) {
            if (!causedSinceStep.contains(name) && !causedBefore.contains(name)) {
                return Finding.of("interrupt " + name.wire() + " without a cause", rule(name))
                        .observed("interrupt " + name.wire())
                        .allowed("no interrupt of this source")
                        .because("nothing that raises it has happened since the last time interrupts were taken")
                        .verdict();
            }
            if (!mayHaveBeenEnabled(name)) {
                return Finding.of("interrupt " + name.wire() + " while it is disabled", ENABLE, rule(name))
                        .observed("interrupt " + name.wire())
                        .allowed("no interrupt of this source")
                        .because("its enable bit of IRQ_CTRL was 0, and acknowledged so, all the time")
                        .verdict();
            }
            rules.decided(rule(name));
        }
        rules.followed(COALESCED, !owed.isEmpty());
        for (Interrupt name : owed) {
            if (!raised.contains(name)) {
                Verdict verdict = missing(name, raised);
                taken(raised);
                return verdict;
            }
        }
        taken(raised);
        return Verdict.CONFORMS;
    }

    private static Verdict missing(Interrupt name, List<Interrupt> raised) {
        return Finding.of("interrupt " + name.wire() + " missing", rule(name), COALESCED)
                .observed("interrupts " + raised.stream().map(Interrupt::wire).toList())
                .allowed("at least one interrupt " + name.wire())
                .because("its cause came up before the last step, with the interrupt enabled and no MSIs to take its"
                        + " place")
                .verdict();
    }

    private void taken(List<Interrupt> raised) {
        owed.clear();
        raised.forEach(certain::remove);
        causedBefore.clear();
        wasEnabled = control.highest();
    }

    private boolean mayHaveBeenEnabled(Interrupt name) {
        for (InterruptSource source : InterruptSource.values()) {
            if (source.name == name) {
                return (wasEnabled & source.enable) != 0;
            }
        }
        return true;
    }

    private static RuleId rule(Interrupt name) {
        for (InterruptSource source : InterruptSource.values()) {
            if (source.name == name) {
                return source.rule;
            }
        }
        return SYNC_SIGNAL;
    }
}
