package org.nestor.smmu;

import java.util.function.LongSupplier;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.AttributeOverrides;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** Transactions while SMMUEN = 0: GBPA decides, and no structure in memory is read. */
public class GlobalBypass {
    private static final RuleId ABORTED = RuleId.of("A-GBP-01");
    private static final RuleId BYPASSED = RuleId.of("A-GBP-02");
    private static final RuleId BEYOND_OAS = RuleId.of("A-GBP-05");
    private static final RuleId ATS = RuleId.of("A-GBP-11");
    private static final RuleId NOTHING_CHECKED = RuleId.of("A-GBP-03");
    private static final RuleId ATTRIBUTES = RuleId.of("A-GBP-04");
    private static final RuleId NOTHING_READ = RuleId.of("A-CTL-06");
    private static final Field MEM_ATTR = RegisterLayouts.GBPA.field("MemAttr");
    private static final Field MTCFG = RegisterLayouts.GBPA.field("MTCFG");
    private static final Field SHCFG = RegisterLayouts.GBPA.field("SHCFG");
    private static final Field PRIVCFG = RegisterLayouts.GBPA.field("PRIVCFG");
    private static final Field INSTCFG = RegisterLayouts.GBPA.field("INSTCFG");
    private static final Field ABORT = RegisterLayouts.GBPA.field("ABORT");

    private final IdRegisters ids;
    private final LongSupplier gbpa;
    private final AttributeOverrides overrides;
    private final RuleLog rules;

    /** Takes GBPA as it applies to transactions, which an update in progress does not change yet. */
    public GlobalBypass(IdRegisters ids, LongSupplier gbpa, AttributeOverrides overrides, RuleLog rules) {
        this.ids = ids;
        this.gbpa = gbpa;
        this.overrides = overrides;
        this.rules = rules;
    }

    /** StreamID and SubstreamID have no part in it. */
    @Rule("A-GBP-03")
    @Rule("A-CTL-06")
    public TranslationOutcome translate(Transaction transaction) {
        return switch (transaction.ats()) {
            case TRANSLATION_REQUEST -> answer();
            case TRANSLATED -> forbid(transaction);
            case UNTRANSLATED -> untranslated(transaction);
        };
    }

    private TranslationOutcome untranslated(Transaction transaction) {
        if (aborts()) {
            return refuse(transaction, new Refusal.SilentAbort(ABORTED));
        }
        if (beyondOutputSize(transaction.address())) {
            return refuse(transaction, new Refusal.SilentAbort(BEYOND_OAS));
        }
        rules.decided(BYPASSED);
        rules.decided(NOTHING_CHECKED);
        rules.decided(NOTHING_READ);
        return identity(attributes(transaction.attributes()));
    }

    @Rule("A-GBP-01")
    protected boolean aborts() {
        return ABORT.isSet(gbpa.getAsLong());
    }

    /** Such an address is aborted silently in every architecture version. */
    @Rule("A-GBP-05")
    protected boolean beyondOutputSize(long address) {
        return address >>> ids.oas() != 0;
    }

    @Rule("A-GBP-02")
    protected Translated identity(MemoryAttributes attributes) {
        return new Translated(0, -1L, attributes);
    }

    /** The type overrides apply to every stream, those of PCIe included. */
    @Rule("A-GBP-04")
    protected MemoryAttributes attributes(MemoryAttributes incoming) {
        rules.decided(ATTRIBUTES);
        long value = gbpa.getAsLong();
        return overrides.output(overrides.input(
                incoming, MTCFG.isSet(value), (int) MEM_ATTR.extract(value), (int) SHCFG.extract(value)));
    }

    /** PnU and InD of the output. */
    @Rule("A-GBP-04")
    public OutputAccess outputAccess(Transaction transaction) {
        long value = gbpa.getAsLong();
        return new OutputAccess(
                overrides.privileged(transaction.privileged(), (int) PRIVCFG.extract(value)),
                overrides.instruction(transaction.access(), transaction.instruction(), (int) INSTCFG.extract(value)));
    }

    /** A Translation Request gets Unsupported Request and is recorded, whatever GBPA says. */
    @Rule("A-GBP-11")
    protected TranslationOutcome answer() {
        rules.decided(ATS);
        return new AtsAnswer.Failed(true, Refusal.Fault.configuration(EventType.F_BAD_ATS_TREQ, ATS), true);
    }

    /** A Translated transaction aborts and is recorded, whatever GBPA says. */
    @Rule("A-GBP-11")
    protected TranslationOutcome forbid(Transaction transaction) {
        return refuse(transaction, Refusal.Fault.configuration(EventType.F_TRANSL_FORBIDDEN, ATS));
    }

    private Refused refuse(Transaction transaction, Refusal refusal) {
        rules.decided(refusal.rule());
        return new Refused(
                refusal,
                FaultGovernance.ALWAYS_RECORD,
                transaction.privileged(),
                transaction.instruction() && !transaction.isWrite(),
                false);
    }
}
