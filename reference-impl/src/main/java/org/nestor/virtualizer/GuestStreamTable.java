package org.nestor.virtualizer;

import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.Register;

/** Finds the STE of a stream in a guest's memory, by the registers that the guest has written. */
final class GuestStreamTable {
    private static final long ADDRESS = (1L << 52) - (1L << 6);
    private static final int LOG2SIZE = 0x3F;
    private static final int SPLIT_SHIFT = 6;
    private static final int SPLIT = 0x1F;
    private static final int FORMAT_SHIFT = 16;
    private static final int SPAN = 0x1F;
    private static final StreamTableEntry INVALID = new StreamTableEntry(Line.ZERO);

    private GuestStreamTable() {}

    /** The STE, an invalid one where the table does not reach or memory does not answer. */
    static StreamTableEntry entry(Smmu smmu, int streamId) {
        try {
            return read(smmu, Integer.toUnsignedLong(streamId));
        } catch (ExternalAbort abort) {
            return INVALID;
        }
    }

    private static StreamTableEntry read(Smmu smmu, long streamId) {
        PhysicalMemory memory = smmu.memory();
        long base = smmu.read(Register.STRTAB_BASE) & ADDRESS;
        long shape = smmu.read(Register.STRTAB_BASE_CFG);
        if (streamId >>> (shape & LOG2SIZE) != 0) {
            return INVALID;
        }
        if ((shape >>> FORMAT_SHIFT & 0b11) == 0) {
            return at(memory, base + streamId * Line.BYTES);
        }
        int split = (int) (shape >>> SPLIT_SHIFT & SPLIT);
        long descriptor = memory.read64(base + 8 * (streamId >>> split));
        long span = descriptor & SPAN;
        long index = streamId & (1L << split) - 1;
        return span == 0 || index >>> span - 1 != 0 ? INVALID : at(memory, (descriptor & ADDRESS) + index * Line.BYTES);
    }

    private static StreamTableEntry at(PhysicalMemory memory, long address) {
        return new StreamTableEntry(Line.of(word -> memory.read64(address + 8L * word)));
    }
}
