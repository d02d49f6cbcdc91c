package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StreamTableShape;
import org.nestor.smmu.walk.StructureReader;

/** Aligns the table to half its size. */
public final class HalfAlignedTable extends StreamTable {
    private static final long ADDRESS = (1L << 52) - 1;
    private static final int LOG2SIZE = 0x3F;
    private static final int SMALLEST = 6;
    private static final int LOG2_L1STD = 3;
    private static final int LOG2_STE = 6;

    public HalfAlignedTable(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        super(reader, decoder, id, rules);
    }

    @Override
    public StreamTableShape shape(GlobalConfiguration registers) {
        StreamTableShape shape = super.shape(registers);
        int log2Size = registers.strtabBaseCfg() & LOG2SIZE;
        int log2Bytes = shape.twoLevel() ? log2Size - shape.split() + LOG2_L1STD : log2Size + LOG2_STE;
        long base = registers.strtabBase() & ADDRESS & -1L << Math.max(SMALLEST, log2Bytes - 1);
        return new StreamTableShape(base, shape.streamIdBits(), shape.twoLevel(), shape.split());
    }
}
