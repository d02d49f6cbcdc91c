package org.nestor.bugs.context;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.ContextTable;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.StructureReader;
import org.nestor.smmu.walk.SubstreamRules;

/** Shifts STE.S1ContextPtr by a bit too little. */
public final class HalvedContextPointer extends ContextTable {

    public HalvedContextPointer(
            StructureReader reader,
            ContextDecoder decoder,
            SubstreamRules substreams,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        super(reader, decoder, substreams, nested, id, rules);
    }

    @Override
    protected long pointer(StreamTableEntry ste) {
        return super.pointer(ste) >>> 1;
    }
}
