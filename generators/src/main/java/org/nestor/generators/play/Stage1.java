package org.nestor.generators.play;

import java.util.List;
import java.util.Optional;
import org.nestor.tables.Cd;
import org.nestor.tables.CdTable;

/**
 * Tables of stage 1 and the CDs that point to them.
 *
 * @param lower the table of the lower half of the input range
 * @param upper that of the upper half, where there is one
 * @param contexts the CD table
 * @param substreams the hot substreams, that of SubstreamID 0 first
 * @param guest the stage 2 table in front of which all this lies, 1 for the first; 0 for none
 */
record Stage1(HotTable lower, Optional<HotTable> upper, CdTable contexts, List<Substream> substreams, int guest) {

    /**
     * A CD.
     *
     * @param id its SubstreamID
     * @param address its physical address
     * @param l1Address physical address of the L1CD above; empty for a linear table
     * @param cd the CD as the set-up has it
     */
    record Substream(int id, long address, Optional<Long> l1Address, Cd cd) {}

    /** The table of a half, the lower one if there is no other. */
    HotTable half(int choice) {
        return choice % 2 == 1 && upper.isPresent() ? upper.get() : lower;
    }

    Substream substream(int choice) {
        return substreams.get(choice % substreams.size());
    }
}
