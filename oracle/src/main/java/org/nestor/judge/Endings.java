package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.nestor.allowed.AllowedOutcome;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.GlobalBypass;
import org.nestor.smmu.OutputAttributes;
import org.nestor.smmu.fault.Disposition;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.FaultDisposition;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.AttributeOverrides;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** Turns what translation comes to into the ways in which the transaction may end, by the reference's own parts. */
final class Endings {
    private static final Field ABORT = RegisterLayouts.GBPA.field("ABORT");
    private static final Field RECINVSID = RegisterLayouts.CR2.field("RECINVSID");
    private static final RuleId OUTSIDE = RuleId.of("A-TRM-06");

    private final Platform platform;
    private final RegisterValues registers;
    private final BypassRegister bypass;
    private final FaultDisposition disposition;
    private final EventComposer composer;
    private final GlobalBypass passing;
    private final GlobalBypass aborting;

    Endings(Platform platform, RegisterValues registers, BypassRegister bypass, RuleLog rules) {
        this.disposition = new FaultDisposition(rules);
        this.composer = new EventComposer(rules);
        this.platform = platform;
        this.registers = registers;
        this.bypass = bypass;
        IdRegisters ids = platform.ids();
        AttributeOverrides overrides = new AttributeOverrides(ids, rules);
        this.passing = new GlobalBypass(ids, () -> bypass.inForce() & ~ABORT.mask(), overrides, rules);
        this.aborting = new GlobalBypass(ids, () -> bypass.inForce() | ABORT.mask(), overrides, rules);
    }

    /** While SMMUEN = 0: by GBPA, as far as that is known. */
    List<Ending> bypassed(Transaction transaction, int length) {
        List<Ending> endings = new ArrayList<>();
        if (bypass.mayPass()) {
            add(passing.translate(transaction), passing.outputAccess(transaction), transaction, length, endings);
        }
        if (bypass.mayAbort()) {
            add(aborting.translate(transaction), aborting.outputAccess(transaction), transaction, length, endings);
        }
        return endings;
    }

    /** The answers to a Translation Request while SMMUEN = 0. */
    TranslationOutcome bypassedRequest(Transaction transaction) {
        return passing.translate(transaction);
    }

    private void add(
            TranslationOutcome outcome, OutputAccess access, Transaction tx, int length, List<Ending> endings) {
        boolean known = bypass.attributesKnown();
        of(new AllowedOutcome(outcome, access, List.of(), List.of(), Set.of()), tx, length, endings, known);
    }

    /** While SMMUEN = 1. */
    void of(AllowedOutcome outcome, Transaction transaction, int length, List<Ending> endings) {
        of(outcome, transaction, length, endings, true);
    }

    private void of(
            AllowedOutcome outcome,
            Transaction transaction,
            int length,
            List<Ending> endings,
            boolean attributesKnown) {
        if (outcome.outcome() instanceof Translated translated) {
            long address = translated.physicalAddress(transaction.address());
            boolean answered = platform.answers(address, length);
            if (answered) {
                endings.add(access(outcome, address, translated, attributesKnown));
            }
            if (!answered || platform.device(address)) {
                endings.add(outside(outcome, address));
            }
        } else if (outcome.outcome() instanceof Refused refused) {
            boolean recordInvalid = registers.bank().isSet(Register.CR2, RECINVSID);
            endings.add(refused(outcome, refused, transaction, length, recordInvalid));
            if (registers.doubtful(Register.CR2)) {
                endings.add(refused(outcome, refused, transaction, length, !recordInvalid));
            }
        } else {
            throw new IllegalStateException("an access was answered by " + outcome);
        }
    }

    private static Ending access(AllowedOutcome outcome, long address, Translated translated, boolean known) {
        return new Ending(
                Ending.Kind.OK,
                address,
                known ? Optional.of(new OutputAttributes(translated.attributes(), outcome.access())) : Optional.empty(),
                Optional.empty(),
                false,
                outcome.rules(),
                outcome.past(),
                outcome.updates(),
                "");
    }

    private static Ending outside(AllowedOutcome outcome, long address) {
        return new Ending(
                Ending.Kind.ABORT,
                address,
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of(OUTSIDE),
                outcome.past(),
                outcome.updates(),
                "no memory at " + Hex.of(address));
    }

    private Ending refused(
            AllowedOutcome outcome, Refused refused, Transaction transaction, int length, boolean recordInvalid) {
        Disposition decided = disposition.decide(transaction, refused.refusal(), refused.governance(), recordInvalid);
        Optional<ExpectedRecord> record = decided.recorded() && refused.refusal() instanceof Refusal.Fault fault
                ? Optional.of(record(refused, fault, transaction, length, decided))
                : Optional.empty();
        return new Ending(
                kind(decided),
                0,
                Optional.empty(),
                record,
                mergeable(refused),
                Set.of(refused.refusal().rule()),
                outcome.past(),
                outcome.updates(),
                words(refused.refusal()));
    }

    private static Ending.Kind kind(Disposition decided) {
        return switch (decided.end()) {
            case ABORT -> Ending.Kind.ABORT;
            case RAZ_WI -> Ending.Kind.RAZ_WI;
            case STALL -> Ending.Kind.STALL;
        };
    }

    private ExpectedRecord record(
            Refused refused, Refusal.Fault fault, Transaction transaction, int length, Disposition decided) {
        OptionalInt stag = decided.end() == Disposition.End.STALL ? OptionalInt.of(0) : OptionalInt.empty();
        OutputAccess access = new OutputAccess(refused.privileged(), refused.instruction());
        return ExpectedRecord.of(
                composer.compose(transaction, fault, access, stag), length, false, platform.ids(), fault.rule());
    }

    /** The record of a Translation Request that fails. */
    Optional<ExpectedRecord> record(AtsAnswer.Failed failed, Transaction transaction, OutputAccess access) {
        if (!failed.recorded() || !(failed.refusal() instanceof Refusal.Fault fault)) {
            return Optional.empty();
        }
        return Optional.of(ExpectedRecord.of(
                composer.compose(transaction, fault, access, OptionalInt.empty()),
                Integer.BYTES,
                true,
                platform.ids(),
                fault.rule()));
    }

    /** STE.MEV asks for it, or the type is merged for every stream. */
    private static boolean mergeable(Refused refused) {
        return refused.mergeable()
                || refused.refusal() instanceof Refusal.Fault fault
                        && switch (fault.type()) {
                            case F_UUT, C_BAD_STREAMID, F_STE_FETCH, C_BAD_STE -> true;
                            default -> false;
                        };
    }

    static String words(Refusal refusal) {
        return refusal instanceof Refusal.Fault fault ? name(fault) : "silent by " + refusal.rule();
    }

    private static String name(Refusal.Fault fault) {
        EventType type = fault.type();
        return type.isTranslationRelated() ? type + (fault.stage2() ? " in stage 2" : " in stage 1") : type.name();
    }
}
