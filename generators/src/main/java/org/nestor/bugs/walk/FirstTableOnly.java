package org.nestor.bugs.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.Stage2Permissions;
import org.nestor.smmu.walk.Stage2Walk;
import org.nestor.smmu.walk.StructureReader;

/** Goes through the first of the concatenated tables of the start level for every IPA. */
public final class FirstTableOnly extends Stage2Walk {

    public FirstTableOnly(StructureReader reader, Stage2Permissions permissions, IdRegisters id, RuleLog rules) {
        super(reader, permissions, id, rules);
    }

    @Override
    protected long descriptorAddress(TableGeometry geometry, long table, int level, long ipa) {
        int oneTable = geometry.granule().coverage(level) + geometry.granule().bitsPerLevel();
        return super.descriptorAddress(geometry, table, level, ipa & (1L << oneTable) - 1);
    }
}
