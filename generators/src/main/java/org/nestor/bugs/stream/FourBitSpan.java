package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.format.L1StreamTableDescriptor;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StructureReader;

/** Reads four of the five bits of L1STD.Span. */
public final class FourBitSpan extends StreamTable {
    private static final int FOUR_BITS = 0b1111;

    public FourBitSpan(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        super(reader, decoder, id, rules);
    }

    @Override
    protected int span(L1StreamTableDescriptor l1) {
        return super.span(l1) & FOUR_BITS;
    }
}
