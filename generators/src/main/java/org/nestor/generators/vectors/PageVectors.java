package org.nestor.generators.vectors;

import static org.nestor.generators.vectors.Outcome.F_PERMISSION;
import static org.nestor.generators.vectors.Outcome.F_TRANSLATION;
import static org.nestor.generators.vectors.Outcome.NEW_PAGE;
import static org.nestor.generators.vectors.Outcome.OLD_PAGE;
import static org.nestor.generators.vectors.Stage1Scene.ADDRESS;
import static org.nestor.generators.vectors.Stage1Scene.ASID;
import static org.nestor.generators.vectors.Stage1Scene.GLOBAL;
import static org.nestor.generators.vectors.Stage1Scene.NON_GLOBAL;
import static org.nestor.generators.vectors.Stage1Scene.READ_ONLY;
import static org.nestor.generators.vectors.Stage1Scene.VMID;

import java.util.List;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.tables.PageTable;

/** Changes of stage 1 descriptors: V1 to V10, and V29. */
final class PageVectors {
    private static final CommandRecord LEAF = Commands.nhVa(VMID, ASID, ADDRESS, true);
    private static final CommandRecord LEAF_AND_TABLES = Commands.nhVa(VMID, ASID, ADDRESS, false);

    private PageVectors() {}

    static List<CachingVector> all() {
        return List.of(v1(), v2(), v3(), v4(), v5(), v6(), v7(), v8(), v9(), v10(), v29());
    }

    private static CachingVector v1() {
        return CachingVector.of("V1", "A leaf is removed without any command.", "C-TLB-01", "C-TLB-09")
                .allows(OLD_PAGE, F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, NON_GLOBAL);
                    return scene.outcome();
                });
    }

    private static CachingVector v2() {
        return CachingVector.of("V2", "V1 with TLBI_NH_VA published and no CMD_SYNC.", "C-CMP-01", "C-CMP-07")
                .allows(OLD_PAGE, F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, NON_GLOBAL);
                    bench.driver().publish(LEAF);
                    return scene.outcome();
                });
    }

    private static CachingVector v3() {
        return CachingVector.of("V3", "V2 with the CMD_SYNC complete.", "C-CMP-01", "C-CMP-02")
                .allows(F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, NON_GLOBAL);
                    bench.driver().publish(LEAF);
                    scene.use();
                    bench.driver().sync();
                    return scene.outcome();
                });
    }

    private static CachingVector v4() {
        return CachingVector.of("V4", "V3, and then the leaf points to a new page.", "C-TLB-02")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, NON_GLOBAL);
                    bench.driver().complete(LEAF);
                    scene.use();
                    scene.page(bench.newArea(), NON_GLOBAL);
                    return scene.outcome();
                });
    }

    private static Stage1Scene removedPage(Bench bench, long attributes) {
        Stage1Scene scene = new Stage1Scene(bench);
        scene.page(bench.oldArea(), attributes);
        scene.use();
        scene.removePage();
        return scene;
    }

    private static CachingVector v5() {
        return CachingVector.of("V5", "A read-only leaf becomes writable, and a write follows.", "C-TLB-03")
                .allows(OLD_PAGE, F_PERMISSION)
                .plays(bench -> {
                    Stage1Scene scene = writablePage(bench);
                    return bench.page(scene.write());
                });
    }

    private static CachingVector v6() {
        return CachingVector.of("V6", "V5 with TLBI_NH_VA and CMD_SYNC.", "C-TLB-03", "C-CMP-02")
                .allows(OLD_PAGE)
                .plays(bench -> {
                    Stage1Scene scene = writablePage(bench);
                    bench.driver().complete(LEAF);
                    return bench.page(scene.write());
                });
    }

    private static Stage1Scene writablePage(Bench bench) {
        Stage1Scene scene = new Stage1Scene(bench);
        scene.page(bench.oldArea(), READ_ONLY);
        scene.use();
        scene.page(bench.oldArea(), NON_GLOBAL);
        return scene;
    }

    private static CachingVector v7() {
        return CachingVector.of(
                        "V7", "A level 2 table pointer changes; TLBI_NH_VA with Leaf = 1, CMD_SYNC.", "C-TLB-01")
                .allows(OLD_PAGE, NEW_PAGE)
                .plays(bench -> changedPointer(bench, LEAF));
    }

    private static CachingVector v8() {
        return CachingVector.of("V8", "V7 with Leaf = 0.", "C-TLB-01", "C-CMP-02")
                .allows(NEW_PAGE)
                .plays(bench -> changedPointer(bench, LEAF_AND_TABLES));
    }

    /** The old page is what the old table holds at the end; before, it held another one, which no DMA may reach any more. */
    private static Outcome changedPointer(Bench bench, CommandRecord invalidation) {
        Stage1Scene scene = new Stage1Scene(bench);
        PageTable next = scene.anotherTable();
        Stage1Scene.page(next, ADDRESS, bench.newArea(), NON_GLOBAL);
        scene.page(bench.area(2), NON_GLOBAL);
        scene.use();
        long pointer = scene.table().peek(ADDRESS, 2);
        scene.removePage();
        scene.table().poke(ADDRESS, 2, 0);
        bench.driver().complete(invalidation);
        long oldLeaf = (pointer & -1L << 12 & (1L << 48) - 1) | 8 * (ADDRESS >>> 12 & 511);
        bench.store(oldLeaf, bench.oldArea() | ADDRESS & 0x1F_F000 | NON_GLOBAL | 0b11);
        scene.table().poke(ADDRESS, 2, next.peek(ADDRESS, 2));
        return scene.outcome();
    }

    private static CachingVector v9() {
        return CachingVector.of(
                        "V9", "A global leaf is removed; TLBI_NH_ASID of its ASID, CMD_SYNC.", "A-WLK-12", "C-INV-07")
                .allows(OLD_PAGE, F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, GLOBAL);
                    bench.driver().complete(Commands.nhAsid(VMID, ASID));
                    return scene.outcome();
                });
    }

    private static CachingVector v10() {
        return CachingVector.of("V10", "V9 with TLBI_NH_VA under another ASID, CMD_SYNC.", "C-INV-07")
                .allows(F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, GLOBAL);
                    bench.driver().complete(Commands.nhAsid(VMID, ASID));
                    scene.use();
                    bench.driver().complete(Commands.nhVa(VMID, ASID + 1, ADDRESS, true));
                    return scene.outcome();
                });
    }

    private static CachingVector v29() {
        return CachingVector.of("V29", "A leaf is removed, and a DMA overlaps with TLBI_NH_VA.", "C-CMP-07", "C-CMP-03")
                .allows(OLD_PAGE, F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = removedPage(bench, NON_GLOBAL);
                    if (bench.option()) {
                        Outcome before = scene.outcome();
                        bench.driver().complete(LEAF);
                        return before;
                    }
                    bench.driver().publish(LEAF);
                    Outcome between = scene.outcome();
                    bench.driver().sync();
                    return between;
                });
    }
}
