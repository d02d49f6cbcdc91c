package org.nestor.generators.play;

import java.util.List;
import org.nestor.tables.StreamTable;

/**
 * Everything that the set-up put into memory.
 *
 * @param arena who uses which addresses
 * @param memory memory as software believes it to be
 * @param stage1 tables of stage 1
 * @param stage2 tables of stage 2
 * @param tables all translation tables, those of stage 1 first
 * @param streamTable the stream table
 * @param streams the streams with an STE
 * @param strangers StreamIDs without one
 */
record Scene(
        Arena arena,
        ScriptMemory memory,
        List<Stage1> stage1,
        List<HotTable> stage2,
        List<HotTable> tables,
        StreamTable streamTable,
        List<Stream> streams,
        List<Integer> strangers) {

    HotTable table(int choice) {
        return tables.get(choice % tables.size());
    }

    Stream stream(int choice) {
        return streams.get(choice % streams.size());
    }
}
