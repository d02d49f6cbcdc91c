package org.nestor.bugs.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.walk.AttributeRules;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.Right;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Result;
import org.nestor.smmu.walk.Stage2Walk;

/** Goes on with the IPA of a CD as it is, where stage 2 gives no address for it. */
public final class UnheededContextFault extends NestedAccess {
    private static final int PAGE = 12;
    private static final int LAST_LEVEL = 3;
    private static final int WRITE_BACK = 0b1111;
    private static final int INNER_SHAREABLE = 0b11;

    public UnheededContextFault(Stage2Walk stage2, AttributeRules attributes, RuleLog rules) {
        super(stage2, attributes, rules);
    }

    @Override
    public Stage2Result context(Stage2Regime regime, long ipa) {
        Stage2Result result = super.context(regime, ipa);
        return result instanceof Stage2Leaf ? result : identity(regime, ipa & -1L << PAGE);
    }

    private static Stage2Leaf identity(Stage2Regime regime, long page) {
        return new Stage2Leaf(
                regime.vmid(),
                page,
                PAGE,
                LAST_LEVEL,
                page,
                Right.PRIVILEGED_READ.bit(),
                WRITE_BACK,
                INNER_SHAREABLE,
                false);
    }
}
