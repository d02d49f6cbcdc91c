package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/**
 * The translation procedure: STE, CD, stage 1, stage 2, in the order of A-FLT-01. Written once; what it reads comes from a
 * {@link StructureReader}.
 */
public class TranslationProcedure implements Translator {
    private static final RuleId NEITHER_TABLE = RuleId.of("A-ADR-04");
    private static final RuleId TABLE_DISABLED = RuleId.of("A-ADR-05");
    private static final RuleId ABOVE_SINGLE_TABLE = RuleId.of("A-ADR-06");
    private static final RuleId UNPRIVILEGED_BARRED = RuleId.of("A-ADR-07");
    private static final RuleId ABOVE_IAS = RuleId.of("A-ADR-10");
    private static final RuleId ABOVE_OAS = RuleId.of("A-ADR-13");
    private static final RuleId STAGE_1_DENIES = RuleId.of("A-PRM-19");
    private static final RuleId BYPASSED = RuleId.of("A-BYP-01");
    private static final RuleId TOP_BYTE_IGNORED = RuleId.of("A-ADR-01");
    private static final RuleId LOWER_TABLE = RuleId.of("A-ADR-02");
    private static final RuleId UPPER_TABLE = RuleId.of("A-ADR-03");
    private static final RuleId TOP_BYTE_COUNTS = RuleId.of("A-ADR-08");
    private static final RuleId SIZE_OF_DISABLED_TABLE = RuleId.of("A-ADR-09");
    private static final RuleId INPUT_ATTRIBUTES = RuleId.of("A-ATT-02");
    private static final RuleId STAGE_1_ATTRIBUTES = RuleId.of("A-ATT-03");
    private static final RuleId INPUT_WITH_STAGE_2 = RuleId.of("A-ATT-04");
    private static final RuleId BOTH_STAGES = RuleId.of("A-ATT-05");
    private static final RuleId FORCED_OVER_INPUT = RuleId.of("A-ATT-11");
    private static final RuleId OUTPUT_ACCESS = RuleId.of("A-ATT-13");
    private static final RuleId STAGE_1_FIRST = RuleId.of("A-FLT-06");
    private static final RuleId RIGHTS_OF_ENTRY = RuleId.of("A-FLT-07");
    private static final RuleId INPUT_IS_INTERMEDIATE = RuleId.of("A-FLT-11");
    private static final RuleId OUTPUT_REFUSED = RuleId.of("A-NST-04");
    private static final RuleId CLIENT_IN_RECORD = RuleId.of("A-NST-05");
    private static final RuleId SMALLER_PAGE = RuleId.of("A-NST-13");
    private static final RuleId IDENTITY = RuleId.of("A-NST-14");
    private static final RuleId CLEAN_LOOKED_UP_AGAIN = RuleId.of("C-TLB-05");
    private static final RuleId RESERVED_SHAPE = RuleId.of("A-SID-12");
    private static final RuleId ONE_STREAM = RuleId.of("A-SID-11");
    private static final RuleId CD_BEFORE_WALK = RuleId.of("A-NST-10");
    private static final RuleId DENIED_BY_ENTRY = RuleId.of("C-TLB-03");
    private static final StreamTableEntry NO_STE = new StreamTableEntry(Line.ZERO);
    private static final Stage1Leaf NO_LEAF = new Stage1Leaf(0, 0, 0, 0, 0, MemoryAttributes.WRITE_BACK, false, false);

    private final TranslationParts parts;
    private final IdRegisters id;
    private final StructureReader reader;
    private final RuleLog rules;
    private GlobalConfiguration registers = GlobalConfiguration.RESET;
    private StreamTableShape shape;
    private StreamTableEntry steInForce = NO_STE;
    private Stage1Leaf leafInForce = NO_LEAF;

    public TranslationProcedure(TranslationParts parts) {
        this.parts = parts;
        this.id = parts.id();
        this.reader = parts.reader();
        this.rules = parts.rules();
        this.shape = parts.streams().shape(registers);
    }

    @Override
    public void configure(GlobalConfiguration configuration) {
        registers = configuration;
        shape = parts.streams().shape(configuration);
        if (configuration.enabled()) {
            rules.followed(ONE_STREAM, !shape.twoLevel() && shape.streamIdBits() == 0);
            rules.followed(RESERVED_SHAPE, StreamTableShape.isReserved(configuration, id));
        }
    }

    /** As {@link #configure(GlobalConfiguration)}, with L1STDs that were read by other register values. */
    public void configure(GlobalConfiguration configuration, GlobalConfiguration l1) {
        configure(configuration);
        if (!l1.equals(configuration)) {
            shape = shape.withL1Of(parts.streams().shape(l1));
        }
    }

    @Override
    public TranslationOutcome translate(Transaction transaction) {
        steInForce = NO_STE;
        reader.begin(transaction);
        return transaction.ats() == AtsKind.UNTRANSLATED
                ? untranslated(transaction)
                : parts.ats().answer(transaction, registers, this);
    }

    /** The STE is not looked for again: caches might give another one, and a transaction has one configuration. */
    @Override
    @Rule("C-CFG-04")
    @Rule("A-ATT-13")
    public OutputAccess outputAccess(Transaction transaction) {
        rules.followed(OUTPUT_ACCESS);
        return new OutputAccess(privileged(transaction, steInForce), instruction(transaction, steInForce));
    }

    @Override
    public Optional<Boolean> priResponsePasid(int streamId) {
        StreamConfiguration stream = stream(Transaction.read(streamId, 0));
        return stream.refusal().isPresent()
                ? Optional.empty()
                : Optional.of(stream.ste().ppar());
    }

    /** The STE of a stream as {@link #translate} would find it, and what it says. */
    public StreamConfiguration streamOf(Transaction transaction) {
        reader.begin(transaction);
        return stream(transaction);
    }

    /** The STE and CD of a transaction as {@link #translate} would find them, and what they say. */
    public Configuration configurationOf(Transaction transaction) {
        StreamConfiguration stream = streamOf(transaction);
        return stream.refusal().isPresent() ? stream.withoutStage1() : configuration(transaction, stream);
    }

    private TranslationOutcome untranslated(Transaction transaction) {
        if (parts.streams().contains(transaction.streamId(), shape)) {
            Optional<Configuration> known = reader.knownConfiguration(transaction);
            if (known.isPresent()) {
                steInForce = known.get().stream().ste();
                return translate(transaction, known.get());
            }
        }
        return configured(transaction);
    }

    /** Looks for the STE, then for the CD. */
    @Rule("A-NST-10")
    private TranslationOutcome configured(Transaction transaction) {
        StreamConfiguration stream = stream(transaction);
        if (stream.refusal().isPresent()) {
            return refuse(transaction, stream.withoutStage1(), stream.refusal().get());
        }
        Configuration configuration = configuration(transaction, stream);
        if (configuration.refusal().isPresent()) {
            rules.followed(CD_BEFORE_WALK, configuration.refusal().get() instanceof Fault fault && fault.stage2());
            return refuse(transaction, configuration, configuration.refusal().get());
        }
        reader.learnConfiguration(transaction, configuration);
        return translate(transaction, configuration);
    }

    /** The rule log gets the rule of a refusal that does not go through {@link #refuse}. */
    void decided(RuleId rule) {
        rules.decided(rule);
    }

    /** The rule log gets a rule, if it makes a difference. */
    void followed(RuleId rule, boolean difference) {
        rules.followed(rule, difference);
    }

    /** Has the reader pick where a rule leaves {@code alternatives} outcomes open. */
    int choose(RuleId rule, int alternatives) {
        return reader.choose(rule, alternatives);
    }

    /** The STE of the transaction. */
    StreamConfiguration stream(Transaction transaction) {
        StreamConfiguration stream = parts.streams().find(transaction.streamId(), shape, registers.e2h());
        steInForce = stream.ste();
        return stream;
    }

    /** The CD of the transaction under its STE. */
    Configuration configuration(Transaction transaction, StreamConfiguration stream) {
        SubstreamRules.Selection selection = parts.substreams().select(transaction, stream.ste());
        if (selection instanceof SubstreamRules.Selection.Context context) {
            return parts.contexts().find(context.substreamId(), transaction.streamId(), stream);
        }
        return selection instanceof SubstreamRules.Selection.Refused refused
                ? Configuration.refused(stream, refused.refusal())
                : stream.withoutStage1();
    }

    TranslationOutcome translate(Transaction transaction, Configuration configuration) {
        Right right = right(transaction, configuration.stream().ste());
        if (configuration.stage1().isPresent()) {
            Configuration serving = reader.translating(transaction, configuration);
            return stage1(transaction, serving, serving.stage1().orElseThrow(), right);
        }
        return stage1Off(transaction, configuration, right);
    }

    /** What the transaction needs, after STE.PRIVCFG and INSTCFG. */
    Right right(Transaction transaction, StreamTableEntry ste) {
        return Right.of(transaction.access(), privileged(transaction, ste), instruction(transaction, ste));
    }

    private boolean privileged(Transaction transaction, StreamTableEntry ste) {
        return parts.overrides().privileged(transaction.privileged(), ste.privcfg());
    }

    private boolean instruction(Transaction transaction, StreamTableEntry ste) {
        return parts.overrides().instruction(transaction.access(), transaction.instruction(), ste.instcfg());
    }

    private TranslationOutcome stage1(
            Transaction transaction, Configuration configuration, Stage1Regime regime, Right right) {
        Optional<Stage1Half> selected = regime.half(transaction.address());
        if (selected.isEmpty() || !reaches(transaction, configuration, selected.get())) {
            return outOfRange(transaction, configuration, regime, selected);
        }
        Stage1Half half = selected.get();
        long address = parts.range().canonical(half, transaction.address());
        rules.followed(TOP_BYTE_IGNORED, address != transaction.address());
        if (regime.tag().world().hasTwoTables()) {
            rules.followed(half.upper() ? UPPER_TABLE : LOWER_TABLE);
        }
        Stage1Lookup known = reader.knownStage1(regime, address);
        if (known instanceof Stage1Entry entry
                && entry.grants(right)
                && entry.output() instanceof Translated translated) {
            return through(entry, translated);
        }
        if (known instanceof Stage1Entry entry && !updates(entry, right)) {
            rules.followed(RIGHTS_OF_ENTRY);
            rules.followed(DENIED_BY_ENTRY, !entry.leaf().allows(right));
            return finish(transaction, configuration, entry, address, right);
        }
        rules.followed(CLEAN_LOOKED_UP_AGAIN, known instanceof Stage1Entry);
        return walk(transaction, configuration, regime, half, address, right);
    }

    private boolean reaches(Transaction transaction, Configuration configuration, Stage1Half half) {
        return parts.range().covers(half, parts.range().canonical(half, transaction.address()))
                && !(half.unprivilegedDenied() && barred(transaction, configuration, half));
    }

    private boolean barred(Transaction transaction, Configuration configuration, Stage1Half half) {
        return parts.range().barred(half, privileged(transaction, ste(configuration)));
    }

    /** Why no stage 1 table serves the address. */
    @Rule("A-ADR-04")
    @Rule("A-ADR-05")
    @Rule("A-ADR-06")
    @Rule("A-ADR-07")
    @Rule("A-ADR-09")
    private TranslationOutcome outOfRange(
            Transaction transaction, Configuration configuration, Stage1Regime regime, Optional<Stage1Half> selected) {
        RuleId rule;
        if (selected.isEmpty()) {
            rule = TABLE_DISABLED;
            rules.followed(SIZE_OF_DISABLED_TABLE);
        } else if (parts.range()
                .covers(selected.get(), parts.range().canonical(selected.get(), transaction.address()))) {
            rule = UNPRIVILEGED_BARRED;
        } else {
            rule = regime.tag().world() == StreamWorld.EL2 ? ABOVE_SINGLE_TABLE : NEITHER_TABLE;
        }
        return fault(transaction, configuration, Fault.stage1(EventType.F_TRANSLATION, rule));
    }

    private TranslationOutcome walk(
            Transaction transaction,
            Configuration configuration,
            Stage1Regime regime,
            Stage1Half half,
            long address,
            Right right) {
        Stage1Result result = parts.stage1().walk(regime, half, configuration.stage2(), address, right);
        if (!(result instanceof Stage1Leaf leaf)) {
            Fault fault = ((WalkFault) result).fault();
            rules.followed(STAGE_1_FIRST, configuration.stage2().isPresent() && !fault.stage2());
            return fault(transaction, configuration, fault);
        }
        Stage1Entry entry = entry(regime, leaf, configuration.stage2().isPresent());
        reader.learnStage1(entry);
        return finish(transaction, configuration, entry, address, right);
    }

    private static StreamTableEntry ste(Configuration configuration) {
        return configuration.stream().ste();
    }

    /** A write through a writable-clean entry looks at the descriptor again. */
    @Rule("C-TLB-05")
    private static boolean updates(Stage1Entry entry, Right right) {
        return right.isWrite() && entry.clean();
    }

    @Rule("C-TLB-08")
    private Stage1Entry entry(Stage1Regime regime, Stage1Leaf leaf, boolean nested) {
        if (nested) {
            return Stage1Entry.partial(regime.tag(), leaf);
        }
        rules.followed(STAGE_1_ATTRIBUTES);
        MemoryAttributes attributes = parts.overrides().output(leaf.attributes());
        Translated translated = new Translated(leaf.outputBase(), (1L << leaf.shift()) - 1, attributes);
        return Stage1Entry.complete(regime.tag(), leaf, translated);
    }

    /** Permission of stage 1, then stage 2 of the output, which a combined entry already holds. */
    @Rule("A-PRM-19")
    @Rule("A-FLT-06")
    @Rule("A-FLT-07")
    @Rule("A-NST-04")
    private TranslationOutcome finish(
            Transaction transaction, Configuration configuration, Stage1Entry entry, long address, Right right) {
        if (!entry.leaf().allows(right)) {
            rules.followed(STAGE_1_FIRST, configuration.stage2().isPresent());
            return fault(transaction, configuration, Fault.stage1(EventType.F_PERMISSION, STAGE_1_DENIES));
        }
        if (entry.output() instanceof Translated translated && !entry.isCombined()) {
            return through(entry, translated);
        }
        Stage2Regime regime = configuration.stage2().orElseThrow();
        long ipa = entry.leaf().output(address);
        Stage2Result result = entry.isCombined()
                ? parts.stage2().hit(entry.stage2().orElseThrow(), ipa, FaultClass.IN, right)
                : parts.stage2().translate(regime, ipa, FaultClass.IN, right);
        if (!(result instanceof Stage2Leaf leaf)) {
            rules.followed(OUTPUT_REFUSED);
            return fault(transaction, configuration, ((WalkFault) result).fault());
        }
        return through(
                entry,
                entry.output() instanceof Translated translated
                        ? translated
                        : combined(entry, leaf, regime, address, ipa));
    }

    /** Keeps in mind the stage 1 leaf of what was found: looked for again, it might be another one. */
    private Translated through(Stage1Entry entry, Translated translated) {
        leafInForce = entry.leaf();
        return translated;
    }

    /** The outcome of both stages, remembered for the smaller of the two pages. */
    @Rule("A-NST-13")
    @Rule("A-NST-14")
    @Rule("A-ATT-05")
    private Translated combined(Stage1Entry entry, Stage2Leaf leaf, Stage2Regime regime, long address, long ipa) {
        long offset = (1L << Math.min(entry.leaf().shift(), leaf.shift())) - 1;
        rules.followed(SMALLER_PAGE, entry.leaf().shift() != leaf.shift());
        rules.followed(IDENTITY, leaf.output(ipa) == ipa);
        rules.followed(BOTH_STAGES);
        MemoryAttributes attributes = parts.attributes().combine(entry.leaf().attributes(), leaf, regime);
        Translated translated = new Translated(
                leaf.output(ipa) & ~offset, offset, parts.overrides().output(attributes));
        reader.learnStage1(Stage1Entry.combined(entry.tag(), entry.leaf(), leaf, address, translated));
        return translated;
    }

    /** What split-stage ATS returns for a page that can be accessed: the IPA of the address, its own where stage 1 is bypassed. */
    @Rule("A-ATS-03")
    Translated intermediate(Transaction transaction, Configuration configuration, Translated page) {
        long ipa =
                configuration.stage1().isPresent() ? leafInForce.output(transaction.address()) : transaction.address();
        return new Translated(ipa & ~page.offsetMask(), page.offsetMask(), page.attributes());
    }

    /** Config = 0b100 and 0b110, and stage 1 bypassed by S1DSS. */
    private TranslationOutcome stage1Off(Transaction transaction, Configuration configuration, Right right) {
        Optional<Fault> tooWide = inputTooWide(transaction, ste(configuration));
        if (tooWide.isPresent()) {
            return fault(transaction, configuration, tooWide.get());
        }
        MemoryAttributes input = inputAttributes(transaction, ste(configuration));
        if (configuration.stage2().isEmpty()) {
            rules.decided(BYPASSED);
            return bypass(input);
        }
        return stage2Only(transaction, configuration, input, right);
    }

    @Rule("A-ADR-10")
    @Rule("A-ADR-13")
    @Rule("A-ADR-08")
    protected Optional<Fault> inputTooWide(Transaction transaction, StreamTableEntry ste) {
        boolean plainBypass = ste.config() == 0b100;
        if (transaction.address() >>> (plainBypass ? id.oas() : id.ias()) == 0) {
            return Optional.empty();
        }
        rules.followed(
                TOP_BYTE_COUNTS,
                transaction.address() << Byte.SIZE >>> Byte.SIZE >>> (plainBypass ? id.oas() : id.ias()) == 0);
        return Optional.of(Fault.stage1(EventType.F_ADDR_SIZE, plainBypass ? ABOVE_OAS : ABOVE_IAS));
    }

    private MemoryAttributes inputAttributes(Transaction transaction, StreamTableEntry ste) {
        return parts.overrides().input(transaction.attributes(), ste.mtcfg(), ste.memAttr(), ste.shcfg());
    }

    @Rule("A-BYP-01")
    @Rule("A-BYP-03")
    @Rule("A-ATT-02")
    Translated bypass(MemoryAttributes input) {
        rules.followed(INPUT_ATTRIBUTES);
        return new Translated(0, -1, parts.overrides().output(input));
    }

    @Rule("A-FLT-11")
    @Rule("A-ATT-04")
    @Rule("A-ATT-11")
    TranslationOutcome stage2Only(
            Transaction transaction, Configuration configuration, MemoryAttributes input, Right right) {
        Stage2Regime regime = configuration.stage2().orElseThrow();
        Stage2Result result = parts.stage2().translate(regime, transaction.address(), FaultClass.IN, right);
        if (!(result instanceof Stage2Leaf leaf)) {
            rules.followed(INPUT_IS_INTERMEDIATE);
            return fault(transaction, configuration, ((WalkFault) result).fault());
        }
        rules.followed(INPUT_WITH_STAGE_2);
        rules.followed(FORCED_OVER_INPUT, regime.forceWriteBack());
        MemoryAttributes attributes = parts.attributes().combine(input, leaf, regime);
        return new Translated(
                leaf.outputBase(), (1L << leaf.shift()) - 1, parts.overrides().output(attributes));
    }

    private TranslationOutcome fault(Transaction transaction, Configuration configuration, Fault fault) {
        return refuse(transaction, configuration, fault);
    }

    @Rule("A-FLT-23")
    @Rule("A-NST-05")
    Refused refuse(Transaction transaction, Configuration configuration, Refusal refusal) {
        rules.decided(refusal.rule());
        rules.followed(CLIENT_IN_RECORD, refusal instanceof Fault fault && fault.stage2());
        StreamTableEntry ste = ste(configuration);
        FaultGovernance governance = refusal instanceof Fault fault
                ? parts.governance().of(fault, configuration)
                : FaultGovernance.ALWAYS_RECORD;
        return new Refused(refusal, governance, privileged(transaction, ste), instruction(transaction, ste), ste.mev());
    }
}
