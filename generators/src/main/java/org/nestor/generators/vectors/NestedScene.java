package org.nestor.generators.vectors;

import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * One stream with both stages, and one address. The guest sees its CD and tables, which have a page each in stage 2, below 1 GiB,
 * at the offset they have in RAM.
 */
final class NestedScene {
    static final int STREAM = 1;
    static final int VMID = 3;
    static final int ASID = 5;
    static final long ADDRESS = Stage1Scene.ADDRESS;

    /** The IPA that {@link #ADDRESS} is mapped to. */
    static final long IPA = 0x3000_0000L | ADDRESS & 0x1F_FFFF;

    private static final long GIB_OFFSET = (1L << 30) - 1;

    private final Bench bench;
    private final TableSpace guest;
    private final PageTable stage2;
    private final PageTable stage1;
    private final long cdPage;

    /** Stage 1 is set up, stage 2 maps the old page, and the SMMU is enabled. */
    NestedScene(Bench bench) {
        this.bench = bench;
        this.guest = bench.space().seenAs(NestedScene::seen);
        this.stage2 = PageTable.stage2(bench.space(), Granule.KB4, 39, 1);
        this.stage1 = guestTable(IPA);
        this.cdPage = bench.page();
        bench.store(cdPage, Cd.of(stage1).asid(ASID).line());
        showToGuest(cdPage);
        Ste ste = Ste.stage2(stage2).config(0b111).s1ContextPtr(seen(cdPage)).s2vmid(VMID);
        bench.ste(STREAM, ste);
        output(bench.oldArea());
        bench.start();
    }

    private static long seen(long physical) {
        return physical & GIB_OFFSET;
    }

    private void showToGuest(long page) {
        stage2.map(seen(page), page, 3, Stage2Bits.READ_WRITE);
    }

    /** A stage 1 table, with its pages mapped in stage 2, that maps {@link #ADDRESS} to an IPA. */
    private PageTable guestTable(long ipa) {
        PageTable table = PageTable.stage1(guest, Granule.KB4, Stage1Scene.INPUT_BITS);
        table.map(ADDRESS, ipa & -1L << 12, 3, Stage1Scene.NON_GLOBAL);
        for (int level = 1; level <= 3; level++) {
            showToGuest(tablePage(table, level));
        }
        return table;
    }

    private static long tablePage(PageTable table, int level) {
        return table.descriptorAddress(ADDRESS, level) & -1L << 12;
    }

    /** The IPA of the page that holds the CD. */
    long cdIpa() {
        return seen(cdPage);
    }

    /** The IPA of the level 3 table. */
    long leafTableIpa() {
        return seen(tablePage(stage1, 3));
    }

    /** A page that holds another valid CD, with a table of its own that leads to {@code ipa}. */
    long anotherContext(long ipa) {
        long page = bench.page();
        bench.store(page, Cd.of(guestTable(ipa)).asid(ASID + 1).line());
        return page;
    }

    /** A page that holds another level 3 table, which leads to {@code ipa}. */
    long anotherLeafTable(long ipa) {
        return tablePage(guestTable(ipa), 3);
    }

    /** Points {@link #IPA} to the page of an area, which keeps the offset. */
    void output(long area) {
        page(IPA, area | IPA & 0x1F_F000);
    }

    void page(long ipa, long page) {
        stage2.map(ipa, page, 3, Stage2Bits.READ_WRITE);
    }

    void remove(long ipa) {
        stage2.poke(ipa, 3, 0);
    }

    private static Transaction read() {
        return Transaction.read(STREAM, ADDRESS);
    }

    void use() {
        bench.use(read());
    }

    Outcome outcome() {
        return bench.page(read());
    }
}
