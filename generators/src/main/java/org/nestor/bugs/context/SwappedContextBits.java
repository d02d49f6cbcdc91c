package org.nestor.bugs.context;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.ContextTable;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.StructureReader;
import org.nestor.smmu.walk.SubstreamRules;

/** Decodes WXN, UWXN, TBI0, TBI1, PAN and AA64 where HD, HA, S, R, A and ASET are, and those where the former are. */
public final class SwappedContextBits extends ContextTable {
    private static final int FIRST = 36;
    private static final int BITS = 6;
    private static final long GROUP = (1L << BITS) - 1 << FIRST;

    public SwappedContextBits(
            StructureReader reader,
            ContextDecoder decoder,
            SubstreamRules substreams,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        super(reader, decoder, substreams, nested, id, rules);
    }

    @Override
    protected ContextDescriptor descriptor(Line line) {
        long word = line.dw0();
        long swapped = (word & GROUP) << BITS | word >>> BITS & GROUP;
        return super.descriptor(line.with(0, word & ~(GROUP | GROUP << BITS) | swapped));
    }
}
