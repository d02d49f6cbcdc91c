package org.nestor.bugs.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.DescriptorKind;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.AttributeRules;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.Stage1Permissions;
import org.nestor.smmu.walk.Stage1Walk;
import org.nestor.smmu.walk.StructureReader;

/** Keeps bits [13:12] of a table descriptor of 16 KiB tables as bits of the address. */
public final class UncutTablePointer extends Stage1Walk {
    private static final long BITS_13_12 = 0x3000;

    public UncutTablePointer(
            StructureReader reader,
            Stage1Permissions permissions,
            AttributeRules attributes,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        super(reader, permissions, attributes, nested, id, rules);
    }

    @Override
    protected long output(long raw, DescriptorKind kind, Granule granule, int shift) {
        long address = super.output(raw, kind, granule, shift);
        return granule == Granule.KB16 && !kind.isLeaf() ? address | raw & BITS_13_12 : address;
    }
}
