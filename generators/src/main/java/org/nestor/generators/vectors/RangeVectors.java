package org.nestor.generators.vectors;

import static org.nestor.generators.vectors.Outcome.F_TRANSLATION;
import static org.nestor.generators.vectors.Outcome.NEW_PAGE;
import static org.nestor.generators.vectors.Outcome.OLD_PAGE;
import static org.nestor.generators.vectors.Stage1Scene.ASID;
import static org.nestor.generators.vectors.Stage1Scene.BLOCK;
import static org.nestor.generators.vectors.Stage1Scene.NON_GLOBAL;
import static org.nestor.generators.vectors.Stage1Scene.STREAM;
import static org.nestor.generators.vectors.Stage1Scene.VMID;

import java.util.List;
import java.util.stream.LongStream;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.PageTable;

/** Blocks, and invalidation of ranges: V25, V26, V34 to V36. */
final class RangeVectors {
    private static final int PAGES = 4;
    private static final long PAGE = 4096;

    /** The four pages from the beginning of the block on, at level 3. */
    private static final CommandRecord FOUR_PAGES =
            Commands.range(Commands.nhVa(VMID, ASID, BLOCK, true), Granule.KB4, 3, PAGES - 1, 0);

    private static final CommandRecord INSIDE = Commands.nhVa(VMID, ASID, BLOCK + 3 * PAGE, true);

    private RangeVectors() {}

    static List<CachingVector> all() {
        return List.of(v25(), v26(), v34(), v35(), v36());
    }

    private static CachingVector v25() {
        return CachingVector.of("V25", "Four pages are removed; TLBI_NH_VA of the range, CMD_SYNC.", "C-RIL-02")
                .allows(F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = new Stage1Scene(bench);
                    pages().forEach(page -> Stage1Scene.page(scene.table(), page, bench.oldArea(), NON_GLOBAL));
                    bench.use(pages().mapToObj(page -> Transaction.read(STREAM, page)));
                    pages().forEach(page -> scene.table().poke(page, 3, 0));
                    bench.driver().complete(FOUR_PAGES);
                    return ofEach(bench);
                });
    }

    private static CachingVector v26() {
        return CachingVector.of("V26", "V25 with one block in place of the pages.", "C-RIL-04")
                .allows(OLD_PAGE, F_TRANSLATION)
                .plays(bench -> {
                    removedBlock(bench);
                    bench.driver().complete(FOUR_PAGES);
                    return bench.page(Transaction.read(STREAM, BLOCK + PAGE));
                });
    }

    private static LongStream pages() {
        return LongStream.range(0, PAGES).map(page -> BLOCK + page * PAGE);
    }

    /** The outcome of all pages, if it is the same. */
    private static Outcome ofEach(Bench bench) {
        List<Outcome> outcomes = pages().mapToObj(page -> bench.page(Transaction.read(STREAM, page)))
                .distinct()
                .toList();
        return outcomes.size() == 1 ? outcomes.get(0) : new Outcome("several: " + outcomes);
    }

    private static CachingVector v34() {
        return CachingVector.of(
                        "V34",
                        "A block is removed; TLBI_NH_VA of another page of it, CMD_SYNC.",
                        "C-INV-01",
                        "C-RIL-01")
                .allows(F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedBlock(bench);
                    bench.driver().complete(INSIDE);
                    return scene.outcome();
                });
    }

    private static CachingVector v35() {
        return CachingVector.of("V35", "V34 as a range at level 2 whose address is not aligned to that.", "C-RIL-09")
                .allows(OLD_PAGE, F_TRANSLATION)
                .becauseSoftwareErred()
                .plays(bench -> {
                    Stage1Scene scene = removedBlock(bench);
                    bench.driver().complete(Commands.range(INSIDE, Granule.KB4, 2, 0, 0));
                    return scene.outcome();
                });
    }

    private static Stage1Scene removedBlock(Bench bench) {
        Stage1Scene scene = new Stage1Scene(bench);
        scene.block(bench.oldArea());
        scene.use();
        scene.removeBlock();
        return scene;
    }

    private static CachingVector v36() {
        return CachingVector.of(
                        "V36", "The level 1 pointer above a block changes; range at level 2 with Leaf = 0.", "C-RIL-05")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    Stage1Scene scene = new Stage1Scene(bench);
                    PageTable next = scene.anotherTable();
                    next.map(BLOCK, bench.newArea(), 2, NON_GLOBAL);
                    scene.block(bench.oldArea());
                    scene.use();
                    scene.table().poke(BLOCK, 1, 0);
                    CommandRecord block = Commands.nhVa(VMID, ASID, BLOCK, false);
                    bench.driver().complete(Commands.range(block, Granule.KB4, 2, 0, 0));
                    scene.table().poke(BLOCK, 1, next.peek(BLOCK, 1));
                    return scene.outcome();
                });
    }
}
