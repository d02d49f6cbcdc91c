package org.nestor.bugs.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.Right;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Permissions;
import org.nestor.smmu.walk.Stage2Result;
import org.nestor.smmu.walk.Stage2Walk;
import org.nestor.smmu.walk.StructureReader;

/** Checks only writes against a stage 2 leaf that is remembered. */
public final class ReadableOnHit extends Stage2Walk {

    public ReadableOnHit(StructureReader reader, Stage2Permissions permissions, IdRegisters id, RuleLog rules) {
        super(reader, permissions, id, rules);
    }

    @Override
    protected Stage2Result hit(Stage2Leaf leaf, long ipa, FaultClass purpose, Right right) {
        return right.isWrite() ? super.hit(leaf, ipa, purpose, right) : leaf;
    }
}
