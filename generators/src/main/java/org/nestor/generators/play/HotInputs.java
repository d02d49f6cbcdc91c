package org.nestor.generators.play;

import org.nestor.tables.PageTable;

/** The input addresses that scenarios use: near each other, far from each other, and at the ends of the range. */
final class HotInputs {
    private HotInputs() {}

    /**
     * Six addresses within {@code inputBits} bits: one, its neighbour, one in the next table, one in the upper half, the topmost
     * and the lowest.
     *
     * @param place their place within 2 MiB, the neighbour's apart
     * @param page bytes of a page
     * @param block bytes that a table of the last level maps
     */
    static long[] low(int inputBits, long place, long page, long block) {
        long range = 1L << inputBits;
        long first = 2 * Arena.STRIDE + place;
        long[] inputs = {first, first + page, first + block, range / 2 + place, range - Arena.STRIDE + place, place};
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] &= range - 1;
        }
        return inputs;
    }

    /** The same addresses in the upper half of the address space. */
    static long[] high(int inputBits, long[] low) {
        long[] inputs = low.clone();
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] |= -1L << inputBits;
        }
        return inputs;
    }

    /** Bytes that a table of the last level maps. */
    static long block(PageTable table) {
        return 1L << table.leafShift(2);
    }
}
