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
    private final RuleLog rules;

    public StreamDecoder(IdRegisters id, SteLegality legality, RuleLog rules) {
        this.id = id;
        this.legality = legality;
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
            return new StreamConfiguration(ste, StreamWorld.NS_EL1, Optional.empty(), refusal);
        }
        Optional<Stage2Regime> stage2 = ste.stage2Enabled() ? Optional.of(stage2(ste)) : Optional.empty();
        return new StreamConfiguration(ste, world(ste, e2h), stage2, Optional.empty());
    }

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
        broken.forEach(rules::decided);
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
