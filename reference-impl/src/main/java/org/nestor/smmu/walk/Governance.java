package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.StreamTableEntry;

/** Which of CD.{S,R,A} and STE.{S2S,S2R} govern a fault (IHI 0070 sections 3.12 and 5.5). */
public class Governance {

    /** The fault bits in force. */
    @Rule("A-FLT-13")
    @Rule("A-TRM-04")
    @Rule("A-CDF-06")
    @Rule("A-ADR-11")
    @Rule("A-WLK-07")
    public FaultGovernance of(Fault fault, Configuration configuration) {
        if (!fault.type().isTranslationRelated()) {
            return FaultGovernance.ALWAYS_RECORD;
        }
        if (fault.stage2()) {
            return stage2(configuration.stream().ste());
        }
        return configuration
                .descriptor()
                .map(cd -> new FaultGovernance(cd.s(), cd.r(), cd.a()))
                .orElse(FaultGovernance.ALWAYS_RECORD);
    }

    @Rule("A-TRM-02")
    @Rule("A-TRM-03")
    protected FaultGovernance stage2(StreamTableEntry ste) {
        return new FaultGovernance(ste.s2s(), ste.s2r(), true);
    }
}
