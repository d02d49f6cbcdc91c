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

    private final IdRegisters id;
    private final SteLegality legality;
    private final SteAlternatives alternatives;
    private final RuleLog rules;

    public StreamDecoder(IdRegisters id, SteLegality legality, RuleLog rules) {
        this.id = id;
        this.legality = legality;
        this.alternatives = new SteAlternatives(id, legality);
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
    protected Optional<Refusal> refusal(StreamTableEntry ste) {
        if (!ste.v()) {
            return Optional.of(Refusal.Fault.configuration(EventType.C_BAD_STE, INVALID));
        }
        if (ste.aborts()) {
            return Optional.of(new Refusal.SilentAbort(ABORT));
        }
        List<RuleId> broken = legality.violations(ste);
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        broken.stream().skip(1).forEach(rules::decided);
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
            return StreamWorld.NS_EL1;
        }
        return e2h ? StreamWorld.EL2_E2H : StreamWorld.EL2;
    }

    /** The set-up of stage 2 by a legal STE. */
    @Rule("A-STE-28")
    @Rule("A-STE-32")
    @Rule("A-NST-08")
    protected Stage2Regime stage2(StreamTableEntry ste) {
        Granule granule = SteLegality.granule(ste).orElseThrow();
        TableGeometry shape = new TableGeometry(
                granule, 64 - ste.s2t0sz(), legality.startLevel(ste), 0, legality.outputBits(ste), ste.s2endi());
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
