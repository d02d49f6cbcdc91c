package org.nestor.smmu.config;

import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/**
 * What else than the reference an SMMU may make of an STE (IHI 0070 section 5.2.2): it may refuse some that the reference accepts, and
 * accept some that the reference refuses, with a field taken to have another value.
 */
public class SteAlternatives {
    private static final RuleId S1_CONTEXT_PTR = RuleId.of("A-STE-16");
    private static final RuleId S1_CONTEXT_PTR_IPA = RuleId.of("A-STE-17");
    private static final RuleId S2T0SZ_MAX = RuleId.of("A-STE-22");
    private static final RuleId S2T0SZ_MIN = RuleId.of("A-STE-24");
    private static final RuleId EATS_STALL = RuleId.of("A-STE-34");
    private static final RuleId START_LEVEL_SIZE = RuleId.of("A-STE-40");
    private static final Field S1_CONTEXT_PTR_FIELD = StreamTableEntry.LAYOUT.field("S1ContextPtr");
    private static final Field S2T0SZ = StreamTableEntry.LAYOUT.field("S2T0SZ");
    private static final int SMALLEST_RANGE = 39;

    private final IdRegisters id;
    private final SteLegality legality;
    private final RuleLog rules;

    public SteAlternatives(IdRegisters id, SteLegality legality, RuleLog rules) {
        this.id = id;
        this.legality = legality;
        this.rules = rules;
    }

    /** The rule by which a legal STE is refused all the same, if that is what is chosen. */
    @Rule("A-STE-34")
    @Rule("A-STE-40")
    public Optional<RuleId> refusing(StreamTableEntry ste, Choice choice) {
        boolean stallUnneeded = stallWithoutStage2(ste);
        boolean levelUnfit = startLevelBeyondSize(ste);
        rules.followed(EATS_STALL, stallUnneeded);
        rules.followed(START_LEVEL_SIZE, levelUnfit);
        if (stallUnneeded && choice.choose(EATS_STALL, 2) == 1) {
            return Optional.of(EATS_STALL);
        }
        return levelUnfit && choice.choose(START_LEVEL_SIZE, 2) == 1 ? Optional.of(START_LEVEL_SIZE) : Optional.empty();
    }

    /** EATS = 01 with S2S = 1 where stage 2 is off: an SMMUv3.0 may look at S2S nevertheless. */
    private boolean stallWithoutStage2(StreamTableEntry ste) {
        return version30() && id.ats() && ste.config() == 0b101 && ste.eats() == 1 && ste.s2s();
    }

    /** S2SL0 = 2 with an output size for which a PE has no such start level. */
    private boolean startLevelBeyondSize(StreamTableEntry ste) {
        int least = SteLegality.granule(ste).filter(Granule.KB16::equals).isPresent() ? 42 : 44;
        return ste.stage2Enabled() && ste.s2aa64() && ste.s2sl0() == 2 && id.oas() < least;
    }

    /**
     * What an STE that breaks rules is taken for; empty if it stays refused.
     *
     * @param broken the rules that it breaks
     */
    @Rule("A-STE-16")
    @Rule("A-STE-17")
    @Rule("A-STE-22")
    @Rule("A-STE-24")
    public Optional<StreamTableEntry> accepting(StreamTableEntry ste, List<RuleId> broken, Choice choice) {
        if (!legality.violations(truncated(clamped(ste))).isEmpty()) {
            return Optional.empty();
        }
        for (RuleId rule : List.of(S2T0SZ_MAX, S2T0SZ_MIN)) {
            if (broken.contains(rule) && choice.choose(rule, 2) == 0) {
                return Optional.empty();
            }
        }
        StreamTableEntry sized = clamped(ste);
        if (!broken.contains(pointerRule(ste))) {
            return Optional.of(sized);
        }
        return switch (WidePointer.choose(choice, pointerRule(ste), ste.stage2Enabled(), version30())) {
            case REFUSED -> Optional.empty();
            case FOLLOWED -> Optional.of(sized);
            case TRUNCATED -> Optional.of(truncated(sized));
        };
    }

    private static RuleId pointerRule(StreamTableEntry ste) {
        return ste.stage2Enabled() ? S1_CONTEXT_PTR_IPA : S1_CONTEXT_PTR;
    }

    /** An SMMUv3.0 may take a size that is out of range for the nearest that is not. */
    private StreamTableEntry clamped(StreamTableEntry ste) {
        if (!version30() || !ste.stage2Enabled()) {
            return ste;
        }
        int size = Math.max(64 - id.ias(), Math.min(SMALLEST_RANGE, ste.s2t0sz()));
        return new StreamTableEntry(ste.line().with(S2T0SZ, size));
    }

    /** The entry with its pointer to CDs cut to the address size. */
    StreamTableEntry truncated(StreamTableEntry ste) {
        int bits = ste.stage2Enabled() ? id.ias() : id.oas();
        long pointer = ste.s1ContextPtr() & (1L << bits) - 1;
        return ste.stage1Enabled()
                ? new StreamTableEntry(ste.line().with(S1_CONTEXT_PTR_FIELD, pointer >>> S1_CONTEXT_PTR_FIELD.low()))
                : ste;
    }

    private boolean version30() {
        return !id.atLeastV3(1);
    }
}
