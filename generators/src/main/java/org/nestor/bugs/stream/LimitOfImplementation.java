package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StreamTableShape;
import org.nestor.smmu.walk.StructureReader;

/** Checks a StreamID against SIDSIZE alone, and lets the first one beyond it through. */
public final class LimitOfImplementation extends StreamTable {
    private final IdRegisters id;

    public LimitOfImplementation(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        super(reader, decoder, id, rules);
        this.id = id;
    }

    @Override
    public boolean contains(int streamId, StreamTableShape shape) {
        return Integer.toUnsignedLong(streamId) <= 1L << id.sidSize();
    }
}
