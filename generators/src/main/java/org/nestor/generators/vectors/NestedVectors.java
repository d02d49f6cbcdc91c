package org.nestor.generators.vectors;

import static org.nestor.generators.vectors.NestedScene.IPA;
import static org.nestor.generators.vectors.NestedScene.STREAM;
import static org.nestor.generators.vectors.NestedScene.VMID;
import static org.nestor.generators.vectors.Outcome.NEW_PAGE;
import static org.nestor.generators.vectors.Outcome.OLD_PAGE;

import java.util.List;
import org.nestor.smmu.format.CommandRecord;

/** Changes of stage 2: V17 to V24, V28, V30. */
final class NestedVectors {
    private static final CommandRecord STAGE_1 = Commands.nhAll(VMID);
    private static final CommandRecord BOTH_STAGES = Commands.s12Vmall(VMID);

    /** An IPA beside {@link NestedScene#IPA}, in another block of 2 MiB. */
    private static final long OTHER_IPA = IPA + (1L << 21);

    private NestedVectors() {}

    static List<CachingVector> all() {
        return List.of(v17(), v18(), v19(), v20(), v21(), v22(), v23(), v24(), v28(), v30());
    }

    private static CommandRecord stage2(long ipa) {
        return Commands.s2Ipa(VMID, ipa, true);
    }

    private static CachingVector v17() {
        return CachingVector.of("V17", "A stage 2 leaf changes around TLBI_S2_IPA, CMD_SYNC.", "C-INV-09")
                .allows(OLD_PAGE, NEW_PAGE)
                .plays(bench -> changedOutput(bench, stage2(IPA)).outcome());
    }

    private static CachingVector v18() {
        return CachingVector.of("V18", "V17, and then TLBI_NH_ALL, CMD_SYNC.", "C-INV-09", "C-CMP-02")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    NestedScene scene = changedOutput(bench, stage2(IPA));
                    scene.use();
                    bench.driver().complete(STAGE_1);
                    return scene.outcome();
                });
    }

    private static CachingVector v19() {
        return CachingVector.of(
                        "V19",
                        "V17 with TLBI_S2_IPA, TLBI_NH_ALL and one CMD_SYNC behind both.",
                        "C-INV-10",
                        "C-CMP-08")
                .allows(OLD_PAGE, NEW_PAGE)
                .plays(bench -> changedOutput(bench, stage2(IPA), STAGE_1).outcome());
    }

    private static CachingVector v20() {
        return CachingVector.of("V20", "V17 with TLBI_S12_VMALL, CMD_SYNC.", "C-INV-11")
                .allows(NEW_PAGE)
                .plays(bench -> changedOutput(bench, BOTH_STAGES).outcome());
    }

    private static NestedScene changedOutput(Bench bench, CommandRecord... invalidations) {
        NestedScene scene = new NestedScene(bench);
        scene.use();
        scene.remove(IPA);
        bench.driver().publish(invalidations);
        scene.use();
        bench.driver().sync();
        scene.output(bench.newArea());
        return scene;
    }

    private static CachingVector v21() {
        return CachingVector.of("V21", "V17 on a stream with stage 2 alone.", "C-INV-08")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    Stage2Scene scene = new Stage2Scene(bench);
                    scene.use();
                    scene.remove();
                    bench.driver().publish(stage2(Stage2Scene.ADDRESS));
                    scene.use();
                    bench.driver().sync();
                    scene.output(bench.newArea());
                    return scene.outcome(STREAM);
                });
    }

    private static CachingVector v22() {
        return CachingVector.of(
                        "V22", "The stage 2 page of the CD changes around TLBI_S12_VMALL, CMD_SYNC.", "C-CFG-07")
                .allows(OLD_PAGE, NEW_PAGE)
                .plays(bench -> movedContext(bench).outcome());
    }

    private static CachingVector v23() {
        return CachingVector.of("V23", "V22 with CFGI_CD, CMD_SYNC.", "C-CFG-07", "C-INV-04")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    NestedScene scene = movedContext(bench);
                    bench.driver().complete(Commands.cfgiCd(STREAM, 0, true));
                    return scene.outcome();
                });
    }

    private static NestedScene movedContext(Bench bench) {
        NestedScene scene = new NestedScene(bench);
        scene.page(OTHER_IPA, bench.newArea() | OTHER_IPA & 0x1F_F000);
        long page = scene.anotherContext(OTHER_IPA);
        scene.use();
        scene.remove(scene.cdIpa());
        bench.driver().complete(BOTH_STAGES);
        scene.page(scene.cdIpa(), page);
        return scene;
    }

    private static CachingVector v24() {
        return CachingVector.of(
                        "V24", "The stage 2 page of a stage 1 table changes around TLBI_NH_ALL, CMD_SYNC.", "C-INV-12")
                .allows(OLD_PAGE, NEW_PAGE)
                .plays(bench -> {
                    NestedScene scene = new NestedScene(bench);
                    scene.page(OTHER_IPA, bench.newArea() | OTHER_IPA & 0x1F_F000);
                    long page = scene.anotherLeafTable(OTHER_IPA);
                    scene.use();
                    scene.remove(scene.leafTableIpa());
                    bench.driver().complete(STAGE_1);
                    scene.page(scene.leafTableIpa(), page);
                    return scene.outcome();
                });
    }

    private static CachingVector v28() {
        return CachingVector.of(
                        "V28", "A VMID is used again with other stage 2 tables and no TLBI.", "C-KEY-03", "C-KEY-04")
                .allows(OLD_PAGE, NEW_PAGE)
                .becauseSoftwareErred()
                .plays(bench -> {
                    Stage2Scene scene = new Stage2Scene(bench);
                    int next = STREAM + 1;
                    scene.use();
                    scene.abort(STREAM);
                    scene.stream(next, bench.newArea());
                    bench.driver().complete(Commands.cfgiSte(STREAM, true), Commands.cfgiSte(next, true));
                    return scene.outcome(next);
                });
    }

    private static CachingVector v30() {
        return CachingVector.of("V30", "Doublewords 0 and 2 of a valid STE change without any command.", "C-CFG-04")
                .allows(ReshapedScene.outcomes())
                .plays(bench -> {
                    ReshapedScene scene = new ReshapedScene(bench);
                    scene.use();
                    scene.change();
                    scene.use();
                    return scene.outcome();
                });
    }
}
