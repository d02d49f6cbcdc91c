package org.nestor.bugs.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.AttributeRules;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.Stage1Permissions;
import org.nestor.smmu.walk.Stage1Walk;
import org.nestor.smmu.walk.StructureReader;

/** Does not look at the Access flag of a stage 1 leaf. */
public final class NoAccessFlag extends Stage1Walk {

    public NoAccessFlag(
            StructureReader reader,
            Stage1Permissions permissions,
            AttributeRules attributes,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        super(reader, permissions, attributes, nested, id, rules);
    }

    @Override
    protected boolean accessFlagFaults(Stage1Regime regime) {
        return false;
    }
}
