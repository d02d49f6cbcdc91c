package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.NON_GLOBAL;
import static org.nestor.properties.bugs.Rig.STREAM;

import java.util.List;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Plays around stage 1, stage 2 and permissions. */
final class WalkWitnesses {

    private WalkWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-10", "0x40001000", "abort F_TRANSLATION", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    return rig.stage1(Cd.aarch64().tt1(table)).read(0xFFFF_FF80_0000_1000L);
                }),
                Witness.of("D-11", "0x40004000", "abort F_TRANSLATION", rig -> {
                    PageTable table =
                            PageTable.stage1(rig.host, Granule.KB16, 36).map(0x4000, 0x4000_4000L, 3, NON_GLOBAL);
                    table.set(0x4000, 2, 0x3000);
                    return rig.stage1(Cd.of(table)).read(0x4000);
                }),
                Witness.of("D-12", "0x50001000", "0x40001000", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    rig.stage1(Cd.of(table).tbi0(true)).read(0x5A00_0000_0000_1000L);
                    table.map(0x1000, 0x5000_1000L, 3, NON_GLOBAL);
                    rig.complete(rig.nhVa(0x1000));
                    return rig.read(0x5A00_0000_0000_1000L);
                }),
                Witness.of("D-13", "abort F_ACCESS", "0x40001000", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL & ~Stage1Bits.AF);
                    return rig.stage1(Cd.of(table)).read(0x1000);
                }),
                Witness.of("D-14", "abort F_PERMISSION S2", "0x40001000", rig -> {
                    long writeOnly = Stage2Bits.READ_WRITE & ~Stage2Bits.s2ap(0b01);
                    PageTable table = rig.stage2().map(0x1000, 0x4000_1000L, 3, writeOnly);
                    rig.ste(STREAM, Ste.stage2(table)).start().write(0x1000);
                    return rig.read(0x1000);
                }),
                Witness.of("D-16", "abort F_TRANSLATION S2", "abort F_CD_FETCH", rig -> {
                    Cd cd = Cd.of(rig.guestTable());
                    LinearCdTable contexts = LinearCdTable.single(rig.guest, cd);
                    PageTable stage2 = rig.guestStage2();
                    stage2.poke(contexts.s1ContextPtr(), 3, 0);
                    return rig.ste(STREAM, Ste.nested(contexts, stage2)).start().read(0x1000);
                }),
                Witness.of("D-18", "0x50001000", "0x40001000", rig -> {
                    PageTable table = PageTable.stage2(rig.host, Granule.KB4, 40, 1)
                            .map(0x1000, 0x4000_1000L, 3, Stage2Bits.READ_WRITE)
                            .map(0x80_0000_1000L, 0x5000_1000L, 3, Stage2Bits.READ_WRITE);
                    return rig.ste(STREAM, Ste.stage2(table)).start().read(0x80_0000_1000L);
                }));
    }
}
