package org.nestor.generators.vectors;

import static org.nestor.generators.vectors.Outcome.C_BAD_STE;
import static org.nestor.generators.vectors.Outcome.C_BAD_SUBSTREAMID;
import static org.nestor.generators.vectors.Outcome.NEW_PAGE;
import static org.nestor.generators.vectors.Outcome.NEW_TYPE;
import static org.nestor.generators.vectors.Outcome.OLD_PAGE;
import static org.nestor.generators.vectors.Outcome.OLD_TYPE;
import static org.nestor.generators.vectors.Outcome.SILENT_ABORT;
import static org.nestor.generators.vectors.Stage1Scene.ASID;
import static org.nestor.generators.vectors.Stage1Scene.GLOBAL;
import static org.nestor.generators.vectors.Stage1Scene.NON_GLOBAL;
import static org.nestor.generators.vectors.Stage1Scene.STREAM;
import static org.nestor.generators.vectors.Stage1Scene.VMID;

import java.util.List;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.tables.Cd;

/** Changes of STEs, L1CDs and CDs in front of stage 1: V11 to V16, V27, V31 to V33. */
final class ConfigurationVectors {
    private static final CommandRecord CD = Commands.cfgiCd(STREAM, 0, true);
    private static final CommandRecord CONTEXT = Commands.nhAsid(VMID, ASID);
    private static final long NON_CACHEABLE = 0x44;

    private ConfigurationVectors() {}

    static List<CachingVector> all() {
        return List.of(v11(), v12(), v13(), v14(), v15(), v16(), v27(), v31(), v32(), v33());
    }

    private static CachingVector v11() {
        return CachingVector.of("V11", "An STE gets Config = 0b000 without any command.", "C-CFG-01")
                .allows(OLD_PAGE, SILENT_ABORT)
                .plays(bench -> abortingStream(bench).outcome());
    }

    private static CachingVector v12() {
        return CachingVector.of("V12", "V11 with CFGI_STE, CMD_SYNC.", "C-CMP-02", "C-CMP-04")
                .allows(SILENT_ABORT)
                .plays(bench -> {
                    Stage1Scene scene = abortingStream(bench);
                    bench.driver().complete(Commands.cfgiSte(STREAM, true));
                    return scene.outcome();
                });
    }

    private static Stage1Scene abortingStream(Bench bench) {
        Stage1Scene scene = new Stage1Scene(bench);
        scene.page(bench.oldArea(), NON_GLOBAL);
        scene.use();
        scene.ste(scene.ste().config(0b000));
        return scene;
    }

    private static CachingVector v13() {
        return CachingVector.of("V13", "An STE becomes valid without any command.", "C-CFG-02")
                .allows(C_BAD_STE, NEW_PAGE)
                .plays(bench -> {
                    Stage1Scene scene = new Stage1Scene(bench);
                    scene.page(bench.newArea(), NON_GLOBAL);
                    scene.ste(scene.ste().v(false));
                    scene.use();
                    scene.ste(scene.ste().v(true));
                    return scene.outcome();
                });
    }

    private static CachingVector v14() {
        return CachingVector.of("V14", "CD.MAIR changes; CFGI_CD, CMD_SYNC.", "C-TLB-08", "C-INV-03")
                .allows(OLD_TYPE, NEW_TYPE)
                .plays(bench -> {
                    Stage1Scene scene = changedType(bench);
                    bench.driver().complete(CD);
                    return bench.type(scene.read());
                });
    }

    private static CachingVector v15() {
        return CachingVector.of("V15", "V14 with TLBI_NH_ASID, CMD_SYNC.", "C-TLB-08", "C-CMP-02")
                .allows(NEW_TYPE)
                .plays(bench -> {
                    Stage1Scene scene = changedType(bench);
                    bench.driver().complete(CD);
                    scene.use();
                    bench.driver().complete(CONTEXT);
                    return bench.type(scene.read());
                });
    }

    private static CachingVector v16() {
        return CachingVector.of(
                        "V16", "V15 with the two commands, each with its CMD_SYNC, the other way round.", "C-TLB-08")
                .allows(OLD_TYPE, NEW_TYPE)
                .plays(bench -> {
                    Stage1Scene scene = changedType(bench);
                    bench.driver().complete(CONTEXT);
                    scene.use();
                    bench.driver().complete(CD);
                    return bench.type(scene.read());
                });
    }

    private static Stage1Scene changedType(Bench bench) {
        Stage1Scene scene = new Stage1Scene(bench);
        scene.page(bench.oldArea(), NON_GLOBAL);
        scene.use();
        scene.cd(scene.cd().mair(NON_CACHEABLE));
        return scene;
    }

    /** The page is moved for ASID 5, whose entry is left in the TLB, while ASID 6 takes over. */
    private static CachingVector v27() {
        return CachingVector.of(
                        "V27", "CD.ASID changes to one without entries; CFGI_CD, CMD_SYNC.", "C-TLB-08", "C-CFG-01")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    Stage1Scene scene = new Stage1Scene(bench);
                    scene.page(bench.oldArea(), NON_GLOBAL);
                    scene.use();
                    scene.removePage();
                    scene.cd(scene.cd().asid(ASID + 1));
                    bench.driver().complete(CD);
                    scene.page(bench.newArea(), NON_GLOBAL);
                    return scene.outcome();
                });
    }

    private static CachingVector v31() {
        return CachingVector.of(
                        "V31",
                        "An L1CD becomes invalid; CFGI_CD of another SubstreamID under it.",
                        "C-CFG-01",
                        "C-INV-04")
                .allows(C_BAD_SUBSTREAMID, OLD_PAGE)
                .plays(bench -> {
                    SubstreamScene scene = new SubstreamScene(bench);
                    scene.page(bench.oldArea());
                    scene.useBoth();
                    scene.l1cd(false);
                    bench.driver().complete(scene.invalidationOfTheFirst());
                    return scene.outcomeOfTheSecond();
                });
    }

    private static CachingVector v32() {
        return CachingVector.of(
                        "V32",
                        "An L1CD becomes valid; CFGI_CD of another SubstreamID under it.",
                        "C-CFG-02",
                        "C-CMP-02")
                .allows(NEW_PAGE)
                .plays(bench -> {
                    SubstreamScene scene = new SubstreamScene(bench);
                    scene.page(bench.newArea());
                    scene.l1cd(false);
                    scene.useBoth();
                    scene.l1cd(true);
                    bench.driver().complete(scene.invalidationOfTheFirst());
                    return scene.outcomeOfTheSecond();
                });
    }

    /** A second stream shares the table under another ASID and with ASET = 1. */
    private static CachingVector v33() {
        return CachingVector.of(
                        "V33", "A global leaf, used with ASET = 0, is removed; a DMA with ASET = 1.", "C-KEY-05")
                .allows(Outcome.F_TRANSLATION)
                .plays(bench -> {
                    Stage1Scene scene = new Stage1Scene(bench);
                    int other = STREAM + 1;
                    long cdAddress = bench.page();
                    Cd cd = scene.cd().asid(ASID + 1).aset(true);
                    bench.store(cdAddress, cd.line());
                    bench.ste(other, scene.ste().s1ContextPtr(cdAddress));
                    bench.driver().complete(Commands.cfgiSte(other, true));
                    scene.page(bench.oldArea(), GLOBAL);
                    scene.use();
                    scene.removePage();
                    return bench.page(scene.readOf(other));
                });
    }
}
