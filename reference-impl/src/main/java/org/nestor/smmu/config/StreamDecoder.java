package org.nestor.smmu.config;

import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Decodes an STE: refuses it, or says what it sets up. */
public class StreamDecoder {
    private static final RuleId INVALID = RuleId.of("A-STE-01");
    private static final RuleId ABORT = RuleId.of("A-STE-02");
    private static final RuleId SILENT = RuleId.of("A-EVQ-17");
    private static final RuleId SEVERAL = RuleId.of("A-STE-39");
    private static final RuleId NS_EL1 = RuleId.of("A-RGM-01");
    private static final RuleId EL2 = RuleId.of("A-RGM-02");
    private static final RuleId EL2_E2H = RuleId.of("A-RGM-03");
    private static final RuleId STAGE_2_ALONE = RuleId.of("A-RGM-04");
    private static final RuleId STRW_WITHOUT_EL2 = RuleId.of("A-STE-13");
    private static final RuleId STRW_OF_NESTED = RuleId.of("A-STE-14");
    private static final RuleId STRW_WITHOUT_STAGE_1 = RuleId.of("A-STE-15");
    private static final RuleId OUTPUT_LIMITED = RuleId.of("A-STE-20");
    private static final RuleId DIRTY_WITHOUT_ACCESS = RuleId.of("A-STE-28");
    private static final RuleId PTW_OF_STAGE_2_ALONE = RuleId.of("A-NST-08");

    private final IdRegisters id;
    private final SteLegality legality;
    private final SteAlternatives alternatives;
    private final RuleLog rules;

    public StreamDecoder(IdRegisters id, SteLegality legality, RuleLog rules) {
        this.id = id;
        this.legality = legality;
        this.alternatives = new SteAlternatives(id, legality, rules);
        this.rules = rules;
    }

    /**
     * Decodes an entry.
     *
     * @param e2h CR2.E2H
     */
    public StreamConfiguration decode(StreamTableEntry ste, boolean e2h) {
        Optional<Refusal> refusal = refusal(ste);
        if (refusal.isPresent()) {
            return refused(ste, refusal.get());
        }
        Optional<Stage2Regime> stage2 = ste.stage2Enabled() ? Optional.of(stage2(ste)) : Optional.empty();
        return new StreamConfiguration(ste, world(ste, e2h), stage2, Optional.empty());
    }

    /**
     * Decodes an entry, and takes it otherwise than the reference would where that is chosen.
     *
     * @param e2h CR2.E2H
     */
    public StreamConfiguration decode(StreamTableEntry ste, boolean e2h, Choice choice) {
        StreamConfiguration preferred = decode(ste, e2h);
        if (preferred.refusal().isEmpty()) {
            return alternatives
                    .refusing(ste, choice)
                    .map(rule -> refused(ste, Refusal.Fault.configuration(EventType.C_BAD_STE, rule)))
                    .orElse(preferred);
        }
        if (!ste.v() || ste.aborts()) {
            return preferred;
        }
        return alternatives
                .accepting(ste, legality.violations(ste), choice)
                .map(taken -> accepted(taken, e2h))
                .orElse(preferred);
    }

    /** An entry whose pointer to CDs may be wider than a legal one; whether it can be followed shows when it is. */
    private StreamConfiguration accepted(StreamTableEntry taken, boolean e2h) {
        StreamConfiguration legal = decode(alternatives.truncated(taken), e2h);
        return new StreamConfiguration(taken, legal.world(), legal.stage2(), legal.refusal());
    }

    private static StreamConfiguration refused(StreamTableEntry ste, Refusal refusal) {
        return new StreamConfiguration(ste, StreamWorld.NS_EL1, Optional.empty(), Optional.of(refusal));
    }

    /** The rule log gets the first of several broken rules from whoever refuses a transaction by it, and the others here. */
    @Rule("A-STE-01")
    @Rule("A-STE-02")
    @Rule("A-EVQ-17")
    @Rule("A-STE-39")
    protected Optional<Refusal> refusal(StreamTableEntry ste) {
        if (!ste.v()) {
            return Optional.of(Refusal.Fault.configuration(EventType.C_BAD_STE, INVALID));
        }
        if (ste.aborts()) {
            rules.followed(SILENT);
            return Optional.of(new Refusal.SilentAbort(ABORT));
        }
        List<RuleId> broken = legality.violations(ste);
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        broken.stream().skip(1).forEach(rules::decided);
        rules.followed(SEVERAL, broken.size() > 1);
        return Optional.of(Refusal.Fault.configuration(EventType.C_BAD_STE, broken.get(0)));
    }

    @Rule("A-RGM-01")
    @Rule("A-RGM-02")
    @Rule("A-RGM-03")
    @Rule("A-RGM-04")
    @Rule("A-STE-13")
    @Rule("A-STE-14")
    @Rule("A-STE-15")
    protected StreamWorld world(StreamTableEntry ste, boolean e2h) {
        boolean selectable = id.hyp() && id.s1p() && ste.stage1Enabled() && !ste.stage2Enabled();
        if (!selectable || ste.strw() != 2) {
            noteUnselected(ste, selectable);
            return StreamWorld.NS_EL1;
        }
        rules.followed(e2h ? EL2_E2H : EL2);
        return e2h ? StreamWorld.EL2_E2H : StreamWorld.EL2;
    }

    private void noteUnselected(StreamTableEntry ste, boolean selectable) {
        rules.followed(ste.stage1Enabled() ? NS_EL1 : STAGE_2_ALONE);
        if (!selectable && ste.strw() != 0) {
            rules.followed(
                    !ste.stage1Enabled()
                            ? STRW_WITHOUT_STAGE_1
                            : ste.stage2Enabled() ? STRW_OF_NESTED : STRW_WITHOUT_EL2);
        }
    }

    /** The set-up of stage 2 by a legal STE. */
    @Rule("A-STE-28")
    @Rule("A-STE-32")
    @Rule("A-NST-08")
    @Rule("A-STE-20")
    protected Stage2Regime stage2(StreamTableEntry ste) {
        Granule granule = SteLegality.granule(ste).orElseThrow();
        TableGeometry shape = new TableGeometry(
                granule, 64 - ste.s2t0sz(), legality.startLevel(ste), 0, legality.outputBits(ste), ste.s2endi());
        rules.followed(OUTPUT_LIMITED, IdRegisters.addressBits(ste.s2ps()) > shape.outputBits());
        rules.followed(DIRTY_WITHOUT_ACCESS, ste.s2hd() && !ste.s2ha());
        rules.followed(PTW_OF_STAGE_2_ALONE, ste.s2ptw() && !ste.stage1Enabled());
        return new Stage2Regime(
                ste.s2vmid(),
                TableBases.aligned(shape, ste.s2ttb()),
                ste.s2affd(),
                ste.s2ha(),
                ste.s2ha() && ste.s2hd(),
                ste.stage1Enabled() && ste.s2ptw(),
                id.fwb() && ste.s2fwb());
    }
}
