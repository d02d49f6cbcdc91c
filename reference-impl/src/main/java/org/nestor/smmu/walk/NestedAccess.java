package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;

/** How the SMMU's own accesses to stage 1 tables and CDs go through stage 2 (IHI 0070 section 3.4). */
public class NestedAccess {
    private static final RuleId TABLE_ON_DEVICE = RuleId.of("A-NST-07");
    private static final RuleId CD_ON_DEVICE = RuleId.of("A-CDF-09");
    private static final RuleId UPDATE_DENIED = RuleId.of("A-AFD-11");
    private static final RuleId TABLE_IS_INTERMEDIATE = RuleId.of("A-NST-01");
    private static final RuleId PROTECTED_TABLE_WALK = RuleId.of("A-PRM-25");

    private final Stage2Walk stage2;
    private final AttributeRules attributes;
    private final RuleLog rules;

    public NestedAccess(Stage2Walk stage2, AttributeRules attributes, RuleLog rules) {
        this.stage2 = stage2;
        this.attributes = attributes;
        this.rules = rules;
    }

    /**
     * The stage 2 page that holds a stage 1 descriptor. Needs read permission only, whatever the client does.
     *
     * @param remembered the page as a cached table pointer holds it
     */
    @Rule("A-NST-01")
    @Rule("A-NST-02")
    @Rule("A-NST-03")
    @Rule("A-NST-06")
    @Rule("A-NST-07")
    @Rule("A-PRM-20")
    @Rule("A-PRM-25")
    public Stage2Result table(Stage2Regime regime, long ipa, Optional<Stage2Leaf> remembered) {
        if (remembered.isPresent() && remembered.get().covers(ipa)) {
            return remembered.get();
        }
        rules.followed(TABLE_IS_INTERMEDIATE);
        return read(regime, ipa, FaultClass.TT, TABLE_ON_DEVICE);
    }

    /** The stage 2 page that holds a CD or L1CD. */
    @Rule("A-CDF-04")
    @Rule("A-CDF-08")
    @Rule("A-CDF-09")
    @Rule("A-PRM-25")
    public Stage2Result context(Stage2Regime regime, long ipa) {
        return read(regime, ipa, FaultClass.CD, CD_ON_DEVICE);
    }

    private Stage2Result read(Stage2Regime regime, long ipa, FaultClass purpose, RuleId onDevice) {
        Stage2Result result = stage2.translate(regime, ipa, purpose, Right.PRIVILEGED_READ);
        if (result instanceof Stage2Leaf leaf && regime.protectTableWalk() && attributes.isDevice(leaf, regime)) {
            rules.followed(PROTECTED_TABLE_WALK);
            return new WalkFault(Fault.stage2(EventType.F_PERMISSION, purpose, ipa, onDevice));
        }
        return result;
    }

    /** Asks stage 2 for write permission to a stage 1 descriptor, and marks its page dirty. */
    @Rule("A-AFD-11")
    @Rule("A-AFD-12")
    public Optional<WalkFault> tableUpdate(Stage2Regime regime, long ipa) {
        Stage2Result result = stage2.translate(regime, ipa, FaultClass.TT, Right.PRIVILEGED_WRITE);
        if (!(result instanceof WalkFault refused)) {
            return Optional.empty();
        }
        Fault fault = refused.fault();
        boolean denied = fault.type() == EventType.F_PERMISSION;
        return Optional.of(new WalkFault(new Fault(
                fault.type(),
                true,
                FaultClass.TT,
                ipa,
                fault.fetchAddress(),
                denied,
                denied ? UPDATE_DENIED : fault.rule())));
    }
}
