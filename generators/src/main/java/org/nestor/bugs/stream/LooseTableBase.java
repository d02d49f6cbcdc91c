package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StreamTableShape;
import org.nestor.smmu.walk.StructureReader;

/** Takes everything above a linear table's address for part of it, RA included, and cuts the address of a 2-level table to 48 bits. */
public final class LooseTableBase extends StreamTable {
    private static final long ADDRESS = (1L << 52) - 1;
    private static final long LOW_48_BITS = (1L << 48) - 1;

    public LooseTableBase(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        super(reader, decoder, id, rules);
    }

    @Override
    public StreamTableShape shape(GlobalConfiguration registers) {
        StreamTableShape shape = super.shape(registers);
        long base = shape.twoLevel() ? shape.base() & LOW_48_BITS : shape.base() | registers.strtabBase() & ~ADDRESS;
        return new StreamTableShape(base, shape.streamIdBits(), shape.twoLevel(), shape.split());
    }
}
