package org.nestor.smmu.walk;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.fault.Refusal.SilentAbort;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.Permission;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** ATS Translation Requests and Translated transactions while SMMUEN = 1 (IHI 0070 section 3.9). */
public class AtsProcedure {
    private static final RuleId REFUSED = RuleId.of("A-ATS-01");
    private static final RuleId UNCHECKED_TOO_WIDE = RuleId.of("A-ATS-04");
    private static final RuleId CONFIGURATION_ERROR = RuleId.of("A-ATS-13");
    private static final RuleId FULL_TRANSLATION = RuleId.of("A-ATS-02");
    private static final RuleId SPLIT_STAGE = RuleId.of("A-ATS-03");
    private static final RuleId ABORTING_STREAM = RuleId.of("A-ATS-05");
    private static final RuleId NO_RIGHTS = RuleId.of("A-ATS-06");
    private static final RuleId RECORDED_BY_REQUEST = RuleId.of("A-ATS-07");
    private static final RuleId WITHIN_OUTPUT_SIZE = RuleId.of("A-ATS-09");
    private static final RuleId RESERVED_EATS = RuleId.of("A-STE-35");
    private static final RuleId BYPASSING_STREAM = RuleId.of("A-BYP-02");
    private static final RuleId NO_SUBSTREAM = RuleId.of("A-SSD-12");
    private static final int RECINVSID = 1 << 1;
    private static final int REC_CFG_ATS = 1 << 3;
    private static final int FULL = 1;
    private static final int SPLIT = 2;
    private static final int RESERVED = 3;
    private static final int BYPASS = 0b100;

    private final IdRegisters id;

    public AtsProcedure(IdRegisters id) {
        this.id = id;
    }

    /** Answers a transaction that is not an ordinary untranslated one. */
    TranslationOutcome answer(Transaction transaction, GlobalConfiguration registers, TranslationProcedure procedure) {
        return transaction.ats() == AtsKind.TRANSLATED
                ? translated(transaction, registers, procedure)
                : request(transaction, registers, procedure);
    }

    /** EATS as it takes effect: split-stage ATS and the reserved value need ATSCHK = 1. */
    @Rule("A-STE-33")
    @Rule("A-STE-35")
    @Rule("A-ATS-03")
    @Rule("A-ATS-05")
    protected int effectiveEats(StreamTableEntry ste, GlobalConfiguration registers) {
        if (!id.ats() || (ste.config() & 0b11) == 0 || ste.eats() == RESERVED) {
            return 0;
        }
        return ste.eats() == SPLIT && !registers.atsChk() ? 0 : ste.eats();
    }

    @Rule("A-BYP-02")
    private void note(StreamTableEntry ste, int eats, TranslationProcedure procedure) {
        procedure.followed(FULL_TRANSLATION, eats == FULL);
        procedure.followed(SPLIT_STAGE, eats == SPLIT);
        procedure.followed(RESERVED_EATS, ste.eats() == RESERVED);
        procedure.followed(BYPASSING_STREAM, ste.config() == BYPASS);
    }

    @Rule("A-ATS-01")
    @Rule("A-ATS-02")
    @Rule("A-ATS-05")
    private AtsAnswer request(Transaction transaction, GlobalConfiguration registers, TranslationProcedure procedure) {
        StreamConfiguration stream = procedure.stream(transaction);
        if (stream.refusal().isPresent()) {
            procedure.decided(stream.refusal().get().rule());
            return configurationError(stream.refusal().get(), registers, procedure);
        }
        int eats = effectiveEats(stream.ste(), registers);
        note(stream.ste(), eats, procedure);
        if (eats == 0) {
            procedure.decided(REFUSED);
            return new AtsAnswer.Failed(true, Fault.configuration(EventType.F_BAD_ATS_TREQ, REFUSED), true);
        }
        Configuration configuration = procedure.configuration(transaction, stream);
        if (configuration.refusal().isPresent()) {
            procedure.decided(configuration.refusal().get().rule());
            return noTranslation(configuration.refusal().get(), registers, procedure);
        }
        return complete(transaction, configuration, eats, registers, procedure);
    }

    /** Asks for each right in turn; a Translation Request cannot stall. */
    @Rule("A-ATS-06")
    @Rule("A-ATS-08")
    @Rule("A-ATS-09")
    private AtsAnswer complete(
            Transaction transaction,
            Configuration configuration,
            int eats,
            GlobalConfiguration registers,
            TranslationProcedure procedure) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        Optional<Translated> page = Optional.empty();
        Optional<Refusal> refusal = Optional.empty();
        for (Permission permission : asked(transaction)) {
            TranslationOutcome outcome = procedure.translate(with(transaction, permission), configuration);
            if (outcome instanceof Translated found) {
                permissions.add(permission);
                page = Optional.of(found);
            } else {
                refusal = Optional.of(((TranslationOutcome.Refused) outcome).refusal());
            }
            if (refusal.isPresent() && !isTranslationRelated(refusal.get())) {
                return configurationError(refusal.get(), registers, procedure);
            }
        }
        if (page.isEmpty()) {
            return noTranslation(refusal.orElseThrow(), registers, procedure);
        }
        Translated answer = eats == SPLIT ? procedure.intermediate(transaction, configuration, page.get()) : page.get();
        procedure.followed(WITHIN_OUTPUT_SIZE, answer.offsetMask() >>> id.oas() != 0);
        return new AtsAnswer.Completed(withinOas(answer), Set.copyOf(permissions));
    }

    /** An identity translation ends where addresses do. */
    @Rule("A-ATS-09")
    private Translated withinOas(Translated answer) {
        long within = (1L << id.oas()) - 1;
        return new Translated(answer.outputBase(), answer.offsetMask() & within, answer.attributes());
    }

    private static Set<Permission> asked(Transaction transaction) {
        Set<Permission> asked = EnumSet.of(Permission.READ);
        if (transaction.isWrite()) {
            asked.add(Permission.WRITE);
        }
        if (transaction.instruction()) {
            asked.add(Permission.EXECUTE);
        }
        return asked;
    }

    private static Transaction with(Transaction transaction, Permission permission) {
        return new Transaction(
                transaction.streamId(),
                transaction.ssv(),
                transaction.substreamId(),
                transaction.address(),
                permission == Permission.WRITE ? Access.WRITE : Access.READ,
                transaction.privileged(),
                permission == Permission.EXECUTE,
                AtsKind.UNTRANSLATED,
                transaction.attributes());
    }

    /** A translation-related fault completes the request without rights; anything else is a Completer Abort. */
    @Rule("A-ATS-06")
    @Rule("A-STL-17")
    @Rule("A-SSD-12")
    private AtsAnswer noTranslation(Refusal refusal, GlobalConfiguration registers, TranslationProcedure procedure) {
        if (isTranslationRelated(refusal)) {
            procedure.followed(NO_RIGHTS, true);
            return new AtsAnswer.Completed(new Translated(0, 0, MemoryAttributes.WRITE_BACK), Set.of());
        }
        procedure.followed(NO_SUBSTREAM, refusal instanceof Fault fault && fault.type() == EventType.F_STREAM_DISABLED);
        return configurationError(refusal, registers, procedure);
    }

    private static boolean isTranslationRelated(Refusal refusal) {
        return refusal instanceof Fault fault && fault.type().isTranslationRelated();
    }

    @Rule("A-ATS-05")
    @Rule("A-ATS-07")
    private AtsAnswer configurationError(
            Refusal refusal, GlobalConfiguration registers, TranslationProcedure procedure) {
        if (refusal instanceof SilentAbort) {
            procedure.followed(ABORTING_STREAM, true);
            return new AtsAnswer.Failed(true, refusal, false);
        }
        procedure.followed(RECORDED_BY_REQUEST, true);
        return new AtsAnswer.Failed(false, refusal, recorded((Fault) refusal, registers));
    }

    /** Whether CR2 lets a configuration error of an ATS transaction be recorded. */
    @Rule("A-ATS-07")
    @Rule("A-ATS-13")
    protected boolean recorded(Fault fault, GlobalConfiguration registers) {
        boolean badStream = fault.type() == EventType.C_BAD_STREAMID;
        return id.atsrecerr()
                && (registers.cr2() & REC_CFG_ATS) != 0
                && (!badStream || (registers.cr2() & RECINVSID) != 0);
    }

    @Rule("A-ATS-01")
    @Rule("A-ATS-02")
    @Rule("A-ATS-04")
    @Rule("A-ATS-13")
    private TranslationOutcome translated(
            Transaction transaction, GlobalConfiguration registers, TranslationProcedure procedure) {
        if (!registers.atsChk()) {
            return unchecked(transaction, procedure);
        }
        StreamConfiguration stream = procedure.stream(transaction);
        if (stream.refusal().isPresent()) {
            Refusal refusal = stream.refusal().get();
            boolean silent = refusal instanceof Fault fault && !recorded(fault, registers);
            return procedure.refuse(
                    transaction, stream.withoutStage1(), silent ? new SilentAbort(CONFIGURATION_ERROR) : refusal);
        }
        int eats = effectiveEats(stream.ste(), registers);
        note(stream.ste(), eats, procedure);
        return switch (eats) {
            case FULL -> passThrough(transaction, stream, procedure);
            case SPLIT ->
                procedure.stage2Only(
                        transaction,
                        stream.withoutStage1(),
                        transaction.attributes(),
                        procedure.right(transaction, stream.ste()));
            default ->
                procedure.refuse(
                        transaction,
                        stream.withoutStage1(),
                        Fault.configuration(EventType.F_TRANSL_FORBIDDEN, REFUSED));
        };
    }

    /** Past the STE. An address beyond OAS is aborted silently or truncated; the reference prefers to abort. */
    @Rule("A-ATS-04")
    private TranslationOutcome unchecked(Transaction transaction, TranslationProcedure procedure) {
        long within = (1L << id.oas()) - 1;
        boolean tooWide = (transaction.address() & ~within) != 0;
        return tooWide && procedure.choose(UNCHECKED_TOO_WIDE, 2) == 1
                ? new Translated(
                        0, within, procedure.bypass(transaction.attributes()).attributes())
                : passThrough(transaction, StreamConfiguration.refused(new SilentAbort(REFUSED)), procedure);
    }

    /** An address beyond OAS is aborted silently. */
    @Rule("A-ATS-04")
    private TranslationOutcome passThrough(
            Transaction transaction, StreamConfiguration stream, TranslationProcedure procedure) {
        if (transaction.address() >>> id.oas() != 0) {
            return procedure.refuse(transaction, stream.withoutStage1(), new SilentAbort(UNCHECKED_TOO_WIDE));
        }
        return procedure.bypass(transaction.attributes());
    }
}
