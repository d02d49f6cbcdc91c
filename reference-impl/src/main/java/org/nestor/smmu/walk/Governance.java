package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.StreamTableEntry;

/** Which of CD.{S,R,A} and STE.{S2S,S2R} govern a fault (IHI 0070 sections 3.12 and 5.5). */
public class Governance {
    private static final RuleId NO_CD = RuleId.of("A-ADR-11");
    private static final RuleId CD_ACCESS = RuleId.of("A-CDF-06");
    private static final RuleId SAME_FOR_EVERY_CLASS = RuleId.of("A-TRM-04");
    private static final RuleId WALK_ABORTED = RuleId.of("A-WLK-07");

    private final RuleLog rules;

    public Governance(RuleLog rules) {
        this.rules = rules;
    }

    /** The fault bits in force. */
    @Rule("A-FLT-13")
    @Rule("A-TRM-04")
    @Rule("A-CDF-06")
    @Rule("A-ADR-11")
    @Rule("A-WLK-07")
    public FaultGovernance of(Fault fault, Configuration configuration) {
        if (!fault.type().isTranslationRelated()) {
            if (fault.type() == EventType.F_WALK_EABT) {
                rules.followed(WALK_ABORTED);
            }
            return FaultGovernance.ALWAYS_RECORD;
        }
        if (fault.stage2()) {
            noteClass(fault.faultClass());
            return stage2(configuration.stream().ste());
        }
        if (configuration.descriptor().isEmpty()) {
            rules.followed(NO_CD);
            return FaultGovernance.ALWAYS_RECORD;
        }
        ContextDescriptor cd = configuration.descriptor().get();
        return new FaultGovernance(cd.s(), cd.r(), cd.a());
    }

    private void noteClass(FaultClass purpose) {
        if (purpose != FaultClass.IN) {
            rules.followed(SAME_FOR_EVERY_CLASS);
        }
        if (purpose == FaultClass.CD) {
            rules.followed(CD_ACCESS);
        }
    }

    @Rule("A-TRM-02")
    @Rule("A-TRM-03")
    protected FaultGovernance stage2(StreamTableEntry ste) {
        return new FaultGovernance(ste.s2s(), ste.s2r(), true);
    }
}
