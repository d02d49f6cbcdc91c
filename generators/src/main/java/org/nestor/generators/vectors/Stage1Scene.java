package org.nestor.generators.vectors;

import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;

/** One stream with stage 1 alone: 4 KiB tables from level 1 on, one address. */
final class Stage1Scene {
    static final int STREAM = 1;
    static final int VMID = 3;
    static final int ASID = 5;

    /** In the third block of 2 MiB of the second GiB, and there in the sixth page. */
    static final long ADDRESS = 0x4040_5678L;

    static final long BLOCK = ADDRESS & -1L << 21;
    static final long NON_GLOBAL = Stage1Bits.READ_WRITE | Stage1Bits.NG;
    static final long GLOBAL = Stage1Bits.READ_WRITE;
    static final long READ_ONLY = Stage1Bits.AF | Stage1Bits.NG | Stage1Bits.sh(0b11) | Stage1Bits.ap(0b11);
    static final int INPUT_BITS = 39;

    private final Bench bench;
    private final PageTable table;
    private final long cdAddress;
    private Cd cd;
    private Ste ste;

    /** The SMMU is enabled and no address is mapped. */
    Stage1Scene(Bench bench) {
        this.bench = bench;
        this.table = PageTable.stage1(bench.space(), Granule.KB4, INPUT_BITS);
        this.cdAddress = bench.page();
        this.cd = Cd.of(table).asid(ASID);
        this.ste = Ste.bypass().config(0b101).s1ContextPtr(cdAddress).s2vmid(VMID);
        cd(cd);
        ste(ste);
        bench.start();
    }

    PageTable table() {
        return table;
    }

    Cd cd() {
        return cd;
    }

    Ste ste() {
        return ste;
    }

    void cd(Cd next) {
        cd = next;
        bench.store(cdAddress, next.line());
    }

    void ste(Ste next) {
        ste = next;
        bench.ste(STREAM, next);
    }

    /** A second table of the same shape that maps no address yet. */
    PageTable anotherTable() {
        return PageTable.stage1(bench.space(), Granule.KB4, INPUT_BITS);
    }

    /** Writes the leaf of {@link #ADDRESS}: the page of an area that keeps the offset. */
    void page(long area, long attributes) {
        page(table, ADDRESS, area, attributes);
    }

    static void page(PageTable table, long address, long area, long attributes) {
        table.map(address, area | address & 0x1F_F000, 3, attributes);
    }

    void removePage() {
        table.poke(ADDRESS, 3, 0);
    }

    /** Writes the leaf of {@link #BLOCK}. */
    void block(long area) {
        table.map(BLOCK, area, 2, NON_GLOBAL);
    }

    void removeBlock() {
        table.poke(BLOCK, 2, 0);
    }

    Transaction read() {
        return readOf(STREAM);
    }

    Transaction readOf(int stream) {
        return Transaction.read(stream, ADDRESS);
    }

    Transaction write() {
        return Transaction.write(STREAM, ADDRESS);
    }

    void use() {
        bench.use(read());
    }

    Outcome outcome() {
        return bench.page(read());
    }
}
