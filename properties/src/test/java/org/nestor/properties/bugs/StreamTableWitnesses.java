package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.NON_GLOBAL;
import static org.nestor.properties.bugs.Rig.STREAM;

import java.util.List;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Ste;
import org.nestor.tables.TwoLevelStreamTable;

/** Plays around the stream table. */
final class StreamTableWitnesses {

    private StreamTableWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-01", "abort", "0x1000", rig -> {
                    LinearStreamTable table = new LinearStreamTable(rig.host, 4);
                    rig.streams(table).ste(16, Ste.bypass()).start();
                    return rig.read(16, 0x1000);
                }),
                Witness.of("D-02", "abort", "0x1000", rig -> {
                    TwoLevelStreamTable table = new TwoLevelStreamTable(rig.host, 16, 6);
                    long leaf = table.addLeaf(0x40, 1);
                    rig.streams(table).ste(0x40, Ste.bypass());
                    rig.store(table.l1Address(0x40), leaf | 0b10001);
                    return rig.start().read(0x40, 0x1000);
                }),
                Witness.of("D-03", "0x50001000", "0x40001000", rig -> {
                    for (int stream = 1; stream <= 2; stream++) {
                        PageTable table = rig.table().map(0x1000, 0x3000_1000L + 0x1000_0000L * stream, 3, NON_GLOBAL);
                        rig.ste(
                                stream,
                                Ste.stage1(LinearCdTable.single(rig.host, Cd.of(table)))
                                        .s2vmid(stream));
                    }
                    rig.start().read(1, 0x1000);
                    return rig.read(2, 0x1000);
                }),
                Witness.of("D-04", "0x1000", "abort F_STE_FETCH", rig -> {
                    LinearStreamTable table = new LinearStreamTable(rig.host, 4);
                    rig.streams(table).ste(STREAM, Ste.bypass()).start();
                    return rig.base(table.strtabBase() | 1L << 62).read(0x1000);
                }),
                Witness.of("D-05", "abort", "0x1000", rig -> {
                    TwoLevelStreamTable table = new TwoLevelStreamTable(rig.host, 10, 8);
                    rig.streams(table).ste(0x400, Ste.bypass()).start();
                    return rig.read(0x400, 0x1000);
                }),
                Witness.of("D-06", "0x1000", "abort", rig -> {
                            TwoLevelStreamTable table = new TwoLevelStreamTable(rig.host, 32, 10);
                            rig.streams(table).ste(-1, Ste.bypass()).start();
                            return rig.read(-1, 0x1000);
                        })
                        .under(with(
                                Profile.FULL.idRegisters().idr0(),
                                Profile.FULL.idRegisters().idr1() & ~0x3F | 32)),
                Witness.of("D-07", "0x1000", "abort", rig -> {
                    LinearStreamTable table = new LinearStreamTable(rig.host, 6);
                    rig.streams(table)
                            .ste(1, Ste.bypass())
                            .ste(33, Ste.aborting())
                            .start();
                    return rig.base(table.strtabBase() + 0x800).read(1, 0x1000);
                }));
    }

    private static IdRegisters with(int idr0, int idr1) {
        IdRegisters full = Profile.FULL.idRegisters();
        return new IdRegisters(
                idr0, idr1, full.idr2(), full.idr3(), full.idr4(), full.idr5(), full.iidr(), full.aidr());
    }
}
