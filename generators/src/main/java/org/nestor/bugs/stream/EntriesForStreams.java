package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StreamTableShape;
import org.nestor.smmu.walk.StructureReader;

/** Takes LOG2SIZE of a 2-level table for the number of its L1STDs. */
public final class EntriesForStreams extends StreamTable {
    private static final int LOG2SIZE = 0x3F;

    private final IdRegisters id;

    public EntriesForStreams(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        super(reader, decoder, id, rules);
        this.id = id;
    }

    @Override
    public StreamTableShape shape(GlobalConfiguration registers) {
        StreamTableShape shape = super.shape(registers);
        int streamIdBits = (registers.strtabBaseCfg() & LOG2SIZE) + shape.split();
        return shape.twoLevel()
                ? new StreamTableShape(shape.base(), Math.min(streamIdBits, id.sidSize()), true, shape.split())
                : shape;
    }
}
