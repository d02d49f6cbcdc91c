package org.nestor.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.nestor.allowed.Allowed;
import org.nestor.allowed.AllowedOutcome;
import org.nestor.allowed.AllowedTranslations;
import org.nestor.allowed.Excuse;
import org.nestor.allowed.MemoryHistory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;

/** Asks what transactions may come to, under the registers as they are or may be. */
final class Translations {
    private static final RuleId ENABLED = RuleId.of("A-CTL-04");
    private static final RuleId DISABLED = RuleId.of("A-CTL-05");
    private static final long SMMUEN = Enable.SMMUEN.field().mask();
    private static final Field ATSCHK = RegisterLayouts.CR0.field("ATSCHK");

    private final AllowedTranslations allowed;
    private final MemoryHistory memory;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final Endings endings;
    private final Doubts doubts;
    private final RuleLog rules;
    private GlobalConfiguration configuration = GlobalConfiguration.RESET;

    Translations(
            AllowedTranslations allowed,
            MemoryHistory memory,
            RegisterValues registers,
            AcknowledgedBits control,
            Endings endings,
            Doubts doubts,
            RuleLog rules) {
        this.allowed = allowed;
        this.memory = memory;
        this.registers = registers;
        this.control = control;
        this.endings = endings;
        this.doubts = doubts;
        this.rules = rules;
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
        rules.followed(ENABLED, now.enabled() && !configuration.enabled());
        rules.followed(DISABLED, !now.enabled() && configuration.enabled());
        if (!now.equals(configuration)) {
            configuration = now;
            memory.readable(now.enabled(), at);
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

    /**
     * How a part ends if memory is what it is and nothing is cached: one of the ways that are allowed, found at a small part of the
     * cost of all. Empty where it is not known by which registers the part is translated.
     */
    Optional<Part> present(Transaction transaction, int from, int length, long at) {
        List<Ending> ways = new ArrayList<>(2);
        if (mayTranslate()) {
            if (unknown(transaction).isPresent()) {
                return Optional.empty();
            }
            Optional<AllowedOutcome> outcome = allowed.present(transaction, at);
            if (outcome.isEmpty()) {
                return Optional.empty();
            }
            endings.of(outcome.get(), transaction, length, ways);
        }
        if (mayBypass()) {
            ways.addAll(endings.bypassed(transaction, length));
        }
        return Optional.of(new Part(transaction, from, length, at, ways, Optional.empty()));
    }

    /** Every way in which a part of a DMA may end. */
    Part part(Transaction transaction, int from, int length, long begin) {
        List<Ending> ways = new ArrayList<>(2);
        Optional<String> open = Optional.empty();
        if (mayTranslate()) {
            open = unknown(transaction);
            if (open.isEmpty()) {
                Allowed outcomes = allowed.translate(transaction, begin);
                for (AllowedOutcome outcome : outcomes.outcomes()) {
                    endings.of(outcome, transaction, length, ways);
                }
                open = outcomes.incomplete();
            }
        }
        if (mayBypass()) {
            ways.addAll(endings.bypassed(transaction, length));
        }
        return new Part(transaction, from, length, begin, ways, open);
    }

    /** Everything that a Translation Request may be answered while SMMUEN = 1. */
    Allowed request(Transaction transaction, long at) {
        return allowed.translate(transaction, at);
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

    /**
     * Why a part must not be called wrong although it ended in none of the allowed ways.
     *
     * @param begin as of {@link #part}
     * @param ended whether a way to end is the one that was seen
     * @param terminated whether the part was terminated, which is how conflicts between cached entries show
     */
    Optional<String> excuse(
            Transaction transaction, int length, long begin, Predicate<Ending> ended, boolean terminated) {
        if (!mayTranslate()) {
            return Optional.empty();
        }
        List<Ending> eager = new ArrayList<>();
        for (AllowedOutcome outcome :
                allowed.translateEagerly(transaction, begin).outcomes()) {
            endings.of(outcome, transaction, length, eager);
        }
        if (eager.stream().anyMatch(ended)) {
            return Optional.of("it is right if translations of a stream that nobody has used were cached (C-TLB-06)");
        }
        return brokenRule(transaction, begin, terminated);
    }

    /** The way to end that was seen, if it rests on what an invalidation has removed. */
    Optional<Ending> stale(Transaction transaction, int length, long begin, Predicate<Ending> ended) {
        if (!mayTranslate() || unknown(transaction).isPresent()) {
            return Optional.empty();
        }
        List<Ending> ways = new ArrayList<>();
        for (AllowedOutcome outcome :
                allowed.translateIgnoringInvalidations(transaction, begin).outcomes()) {
            endings.of(outcome, transaction, length, ways);
        }
        return ways.stream()
                .filter(ended)
                .filter(ending ->
                        ending.past().stream().anyMatch(word -> word.removedBy().isPresent()))
                .min(Comparator.comparingInt(ending -> ending.past().size()));
    }

    /** The rule that software broke, so that the outcome is UNPREDICTABLE. */
    Optional<String> brokenRule(Transaction transaction, long begin, boolean terminated) {
        if (!mayTranslate() || unknown(transaction).isPresent()) {
            return Optional.empty();
        }
        Optional<Excuse> found = allowed.excuses(transaction, begin).stream()
                .filter(excuse -> terminated || excuse.scope() == Excuse.Scope.ANYTHING)
                .findFirst();
        found.ifPresent(excuse -> rules.decided(excuse.rule()));
        return found.map(excuse -> "software made the outcome UNPREDICTABLE, by " + excuse.rule());
    }
}
