package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nestor.allowed.Allowed;
import org.nestor.allowed.AllowedOutcome;
import org.nestor.allowed.AllowedTranslations;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;

/** Asks what transactions may come to, under the registers as they are or may be. */
final class Translations {
    private static final long SMMUEN = Enable.SMMUEN.field().mask();
    private static final Field ATSCHK = RegisterLayouts.CR0.field("ATSCHK");

    private final AllowedTranslations allowed;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final Endings endings;
    private final Doubts doubts;
    private GlobalConfiguration configuration = GlobalConfiguration.RESET;

    Translations(
            AllowedTranslations allowed,
            RegisterValues registers,
            AcknowledgedBits control,
            Endings endings,
            Doubts doubts) {
        this.allowed = allowed;
        this.registers = registers;
        this.control = control;
        this.endings = endings;
        this.doubts = doubts;
    }

    /** Registers may have changed. */
    void configure(long at) {
        GlobalConfiguration now = new GlobalConfiguration(
                control.maybeSet(SMMUEN),
                registers.get(Register.STRTAB_BASE),
                (int) registers.get(Register.STRTAB_BASE_CFG),
                (int) registers.get(Register.CR2),
                control.maybeSet(ATSCHK.mask()));
        if (registers.doubtful(Register.STRTAB_BASE) || registers.doubtful(Register.STRTAB_BASE_CFG)) {
            doubts.raise(
                    Doubts.Area.TRANSLATION,
                    "STRTAB_BASE or STRTAB_BASE_CFG was written while SMMUEN may have been 1 (A-REG-10)");
        }
        if (!now.equals(configuration)) {
            configuration = now;
            allowed.configure(now, at);
        }
    }

    /** Whether what SMMUEN is makes two answers possible. */
    @Rule("A-CTL-04")
    @Rule("A-CTL-05")
    boolean mayTranslate() {
        return control.maybeSet(SMMUEN);
    }

    boolean mayBypass() {
        return control.maybeClear(SMMUEN);
    }

    /** Every way in which a part of a DMA may end. */
    Part part(Transaction transaction, int from, int length, long begin, long end) {
        List<Ending> ways = new ArrayList<>(2);
        Optional<String> open = Optional.empty();
        if (mayTranslate()) {
            open = unknown(transaction);
            if (open.isEmpty()) {
                Allowed outcomes = allowed.translate(transaction, begin, end);
                for (AllowedOutcome outcome : outcomes.outcomes()) {
                    endings.of(outcome, transaction, length, ways);
                }
                open = open(outcomes);
            }
        }
        if (mayBypass()) {
            ways.addAll(endings.bypassed(transaction, length));
        }
        return new Part(transaction, from, length, ways, open);
    }

    /** Everything that a Translation Request may be answered while SMMUEN = 1. */
    Allowed request(Transaction transaction, long at) {
        return allowed.translate(transaction, at, at);
    }

    /** Why the translation of a transaction cannot be followed. */
    Optional<String> unknown(Transaction transaction) {
        if (doubts.about(Doubts.Area.TRANSLATION)) {
            return doubts.reason(Doubts.Area.TRANSLATION);
        }
        boolean ats = transaction.ats() != AtsKind.UNTRANSLATED;
        return ats && control.maybeSet(ATSCHK.mask()) && control.maybeClear(ATSCHK.mask())
                ? Optional.of("CR0.ATSCHK was changed, and the change not acknowledged")
                : Optional.empty();
    }

    /** Why there may be outcomes that are not listed. */
    static Optional<String> open(Allowed outcomes) {
        if (outcomes.conclusive()) {
            return Optional.empty();
        }
        return outcomes.incomplete()
                .or(() -> Optional.of("software made the outcome UNPREDICTABLE, by "
                        + outcomes.unpredictable().stream()
                                .sorted()
                                .map(RuleId::toString)
                                .collect(Collectors.joining(", "))));
    }
}
