package org.nestor.generators.vectors;

import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Streams with stage 2 alone, each with a table of its own but one VMID, and one address. */
final class Stage2Scene {
    static final int STREAM = 1;
    static final int VMID = 3;
    static final long ADDRESS = Stage1Scene.ADDRESS;

    private final Bench bench;
    private final PageTable table;

    /** The first stream is set up, its address leads to the old page, and the SMMU is enabled. */
    Stage2Scene(Bench bench) {
        this.bench = bench;
        this.table = newTable();
        bench.ste(STREAM, Ste.stage2(table).s2vmid(VMID));
        output(bench.oldArea());
        bench.start();
    }

    private PageTable newTable() {
        return PageTable.stage2(bench.space(), Granule.KB4, 39, 1);
    }

    /** Writes the STE of another stream, whose address leads to an area. */
    void stream(int streamId, long area) {
        PageTable other = newTable();
        map(other, area);
        bench.ste(streamId, Ste.stage2(other).s2vmid(VMID));
    }

    void abort(int streamId) {
        bench.ste(streamId, Ste.aborting());
    }

    void output(long area) {
        map(table, area);
    }

    private static void map(PageTable table, long area) {
        table.map(ADDRESS, area | ADDRESS & 0x1F_F000, 3, Stage2Bits.READ_WRITE);
    }

    void remove() {
        table.poke(ADDRESS, 3, 0);
    }

    void use() {
        bench.use(Transaction.read(STREAM, ADDRESS));
    }

    Outcome outcome(int streamId) {
        return bench.page(Transaction.read(streamId, ADDRESS));
    }
}
