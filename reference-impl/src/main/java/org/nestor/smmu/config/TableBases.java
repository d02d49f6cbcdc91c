package org.nestor.smmu.config;

import org.nestor.rule.Rule;

/** Table base addresses: the bits below the alignment of the start level table are treated as zero. */
final class TableBases {
    private static final int SMALLEST_SHIFT = 3;
    private static final int SMALLEST_SHIFT_52_BIT = 6;

    private TableBases() {}

    @Rule("A-WLK-01")
    static TableGeometry aligned(TableGeometry shape, long base) {
        int smallest = shape.outputBits() > 48 ? SMALLEST_SHIFT_52_BIT : SMALLEST_SHIFT;
        long mask = -1L << Math.max(smallest, shape.startTableShift());
        return new TableGeometry(
                shape.granule(),
                shape.inputBits(),
                shape.startLevel(),
                base & mask,
                shape.outputBits(),
                shape.bigEndian());
    }
}
