package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StreamTableShape;
import org.nestor.smmu.walk.StructureReader;

/** Computes the first StreamID beyond the table in 32 bits. */
public final class NarrowLimit extends StreamTable {

    public NarrowLimit(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        super(reader, decoder, id, rules);
    }

    @Override
    @SuppressWarnings("ShiftOutOfRange")
    public boolean contains(int streamId, StreamTableShape shape) {
        return Integer.compareUnsigned(streamId, 1 << shape.streamIdBits()) < 0;
    }
}
