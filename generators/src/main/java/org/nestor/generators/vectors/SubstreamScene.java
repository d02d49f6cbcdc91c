package org.nestor.generators.vectors;

import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Ste;
import org.nestor.tables.TwoLevelCdTable;

/** One stream whose CDs lie in a two-level table: two SubstreamIDs with one L1CD and one translation table. */
final class SubstreamScene {
    private static final int LOG2_CDS = 7;
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int FIRST_ASID = 5;
    private static final int SECOND_ASID = 6;

    private final Bench bench;
    private final PageTable table;
    private final long l1Address;
    private final long l1cd;

    SubstreamScene(Bench bench) {
        this.bench = bench;
        this.table = PageTable.stage1(bench.space(), Granule.KB4, Stage1Scene.INPUT_BITS);
        TwoLevelCdTable contexts = TwoLevelCdTable.of4K(bench.space(), LOG2_CDS);
        contexts.put(FIRST, Cd.of(table).asid(FIRST_ASID));
        contexts.put(SECOND, Cd.of(table).asid(SECOND_ASID));
        this.l1Address = contexts.l1Address(FIRST);
        this.l1cd = bench.space().memory().read64(l1Address);
        bench.ste(Stage1Scene.STREAM, Ste.stage1(contexts).s2vmid(Stage1Scene.VMID));
        bench.start();
    }

    void page(long area) {
        Stage1Scene.page(table, Stage1Scene.ADDRESS, area, Stage1Scene.NON_GLOBAL);
    }

    /** Writes the L1CD: as it was at first, or zero. */
    void l1cd(boolean valid) {
        bench.store(l1Address, valid ? l1cd : 0);
    }

    /** CFGI_CD of the first SubstreamID, with Leaf = 0. */
    CommandRecord invalidationOfTheFirst() {
        return Commands.cfgiCd(Stage1Scene.STREAM, FIRST, false);
    }

    void useBoth() {
        bench.use(read(FIRST));
        bench.use(read(SECOND));
    }

    Outcome outcomeOfTheSecond() {
        return bench.page(read(SECOND));
    }

    private static Transaction read(int substreamId) {
        return Transaction.read(Stage1Scene.STREAM, Stage1Scene.ADDRESS).withSubstream(substreamId);
    }
}
