package org.nestor.generators.play;

import java.util.Optional;
import org.nestor.tables.Ste;

/**
 * A stream with an STE.
 *
 * @param streamId 32 bits, unsigned
 * @param stage1 its stage 1 tables, where it has any
 * @param stage2 its stage 2 table, where it has one
 * @param steAddress physical address of its STE
 * @param l1Address physical address of the L1STD above; empty for a linear table
 * @param ste the STE as the set-up has it
 */
record Stream(
        int streamId,
        Optional<Stage1> stage1,
        Optional<HotTable> stage2,
        long steAddress,
        Optional<Long> l1Address,
        Ste ste) {

    /** The table that resolves the stream's input addresses, where there is one. */
    Optional<HotTable> input(int half) {
        return stage1.map(tables -> tables.half(half)).or(() -> stage2);
    }
}
