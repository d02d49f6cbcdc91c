package org.nestor.generators.vectors;

import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * One stream whose STE changes in two doublewords, so that each mix of the two leads to a page of its own: doubleword 0 turns stage 1
 * off (Config), doubleword 2 gives stage 2 another VMID and takes its root table as one of level 2 and not of level 1 (S2VMID,
 * S2T0SZ, S2SL0).
 *
 * <p>Taken as level 1, entry 0 of the root leads to a table of 2 MiB blocks for the first GiB; taken as level 2, the entries from 1
 * on are 2 MiB blocks themselves. The guest's CD and tables are at the same place in both.
 */
final class ReshapedScene {
    private static final int STREAM = 1;
    private static final int OLD_VMID = 3;
    private static final int NEW_VMID = 4;
    private static final long PAGE = 4096;
    private static final long BLOCK = 1L << 21;
    private static final long ADDRESS = 0x1020_5678L;
    private static final long IPA = 0x1820_5678L;
    private static final long GIB_OFFSET = (1L << 30) - 1;

    private final Bench bench;
    private final PageTable stage2;
    private final Ste before;
    private final Ste after;

    ReshapedScene(Bench bench) {
        this.bench = bench;
        this.stage2 = PageTable.stage2(bench.space(), Granule.KB4, 39, 1);
        long guestBlock = bench.space().allocator().allocate(BLOCK, BLOCK);
        both(guestBlock & GIB_OFFSET, guestBlock, guestBlock);
        both(IPA & -BLOCK, bench.area(0), bench.area(1));
        both(ADDRESS & -BLOCK, bench.area(2), bench.area(3));
        Outcome[] outcomes = outcomes();
        for (int area = 0; area < outcomes.length; area++) {
            bench.name(bench.area(area), outcomes[area]);
        }
        long cdAddress = guestContext(guestBlock);
        this.before = Ste.stage2(stage2).config(0b111).s1ContextPtr(cdAddress).s2vmid(OLD_VMID);
        this.after = before.config(0b110).s2vmid(NEW_VMID).s2t0sz(64 - 30).s2sl0(0);
        bench.ste(STREAM, before);
        bench.start();
    }

    /** Every mix: both doublewords old, only doubleword 2 new, only doubleword 0 new, both new. */
    static Outcome[] outcomes() {
        return new Outcome[] {
            new Outcome("DW0 old, DW2 old"),
            new Outcome("DW0 old, DW2 new"),
            new Outcome("DW0 new, DW2 old"),
            new Outcome("DW0 new, DW2 new")
        };
    }

    /** Maps a block in both shapes of stage 2. */
    private void both(long ipa, long oldOutput, long newOutput) {
        stage2.map(ipa, oldOutput, 2, Stage2Bits.READ_WRITE);
        long rootEntry = stage2.base() + 8 * (ipa >>> 21);
        bench.store(rootEntry, newOutput | Stage2Bits.READ_WRITE | 0b01);
    }

    /** A CD and a stage 1 table in the block that the guest sees at the same offset of its first GiB. */
    private long guestContext(long guestBlock) {
        TableSpace space = new TableSpace(
                bench.space().memory(),
                new BumpAllocator(guestBlock, guestBlock + BLOCK),
                physical -> physical & GIB_OFFSET);
        PageTable stage1 = PageTable.stage1(space, Granule.KB4, Stage1Scene.INPUT_BITS);
        stage1.map(ADDRESS, IPA & -PAGE, 3, Stage1Scene.NON_GLOBAL);
        long page = space.allocator().allocate(PAGE, PAGE);
        bench.store(page, Cd.of(stage1).line());
        return page & GIB_OFFSET;
    }

    /** Writes the two doublewords. */
    void change() {
        bench.ste(STREAM, after);
    }

    void use() {
        bench.use(Transaction.read(STREAM, ADDRESS));
    }

    Outcome outcome() {
        return bench.page(Transaction.read(STREAM, ADDRESS));
    }
}
