package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.ASID;
import static org.nestor.properties.bugs.Rig.NON_GLOBAL;
import static org.nestor.properties.bugs.Rig.VMID;

import java.util.List;
import java.util.stream.IntStream;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;

/** Plays around what the TLB remembers, matches and removes. */
final class TlbWitnesses {

    private TlbWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-15", "0x40001040", "0x40001163", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    rig.stage1(Cd.of(table)).read(0x1123);
                    return rig.read(0x1040);
                }),
                Witness.of("D-17", "abort F_PERMISSION S2", "abort F_PERMISSION", rig -> {
                    long readOnly = Stage2Bits.READ_WRITE & ~Stage2Bits.s2ap(0b10);
                    PageTable stage1 = rig.guestTable().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    PageTable stage2 = rig.guestStage2().map(0x4000_1000L, 0x5000_1000L, 3, readOnly);
                    rig.nested(stage1, stage2).read(0x1000);
                    return rig.write(0x1000);
                }),
                Witness.of("D-19", "0x50001000", "0x40001000", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    rig.stage1(Cd.of(table)).read(0x1000);
                    table.map(0x1000, 0x5000_1000L, 3, NON_GLOBAL);
                    rig.complete(Commands.nhAsid(VMID, ASID));
                    return rig.read(0x1000);
                }),
                Witness.of("D-20", "0x50001000", "0x40001000", rig -> {
                    PageTable lower =
                            PageTable.stage1(rig.host, Granule.KB4, 48).map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    PageTable upper =
                            PageTable.stage1(rig.host, Granule.KB4, 48).map(0x1000, 0x5000_1000L, 3, NON_GLOBAL);
                    rig.stage1(Cd.of(lower).tt1(upper)).read(0x1000);
                    return rig.read(0xFFFF_0000_0000_1000L);
                }),
                Witness.of("D-21", "0 stale", "3 stale", rig -> {
                    return stale(rig, 0x10_0000, 4);
                }),
                Witness.of("D-22", "0 stale", "3 stale", rig -> {
                    return stale(rig, 0x10_0000, 7);
                }),
                Witness.of("D-23", "0 stale", "31 stale", rig -> {
                    return stale(rig, 0x39_5000, 32);
                }),
                Witness.of("D-24", "0x50002000", "0x40002000", rig -> {
                    PageTable table = rig.table().mapPages(0x1000, 0x4000_1000L, 2, NON_GLOBAL);
                    rig.stage1(Cd.of(table)).read(0x1000);
                    table.map(0x2000, 0x5000_2000L, 3, NON_GLOBAL);
                    rig.complete(rig.nhVa(0x2000));
                    return rig.read(0x2000);
                }),
                Witness.of("D-25", "0x50201000", "0x50001000", rig -> {
                    PageTable stage1 = rig.guestTable().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    PageTable stage2 = rig.guestStage2()
                            .map(0x4000_0000L, 0x5000_0000L, 2, Stage2Bits.READ_WRITE)
                            .map(0x4020_0000L, 0x5020_0000L, 2, Stage2Bits.READ_WRITE);
                    rig.nested(stage1, stage2).read(0x1000);
                    stage1.map(0x1000, 0x4020_1000L, 3, NON_GLOBAL);
                    rig.complete(rig.nhVa(0x1000));
                    return rig.read(0x1000);
                }),
                Witness.of("D-27", "0x50001000", "0x40001000", rig -> {
                    PageTable table = rig.table().map(0, 0x4000_0000L, 2, NON_GLOBAL);
                    rig.stage1(Cd.of(table)).read(0x1000);
                    table.map(0, 0x5000_0000L, 2, NON_GLOBAL);
                    rig.complete(rig.nhVa(0x3000));
                    return rig.read(0x1000);
                }));
    }

    /** How many pages of a range keep their old translation after the range was remapped and invalidated by one command. */
    private static String stale(Rig rig, long first, int pages) {
        PageTable table = rig.table().mapPages(first, 0x4000_0000L, pages, NON_GLOBAL);
        rig.stage1(Cd.of(table));
        for (int page = 0; page < pages; page++) {
            rig.read(first + 0x1000L * page);
        }
        table.mapPages(first, 0x5000_0000L, pages, NON_GLOBAL);
        rig.complete(Commands.range(rig.nhVa(first), Granule.KB4, 0, pages - 1, 0));
        long stale = IntStream.range(0, pages)
                .mapToObj(page -> rig.read(first + 0x1000L * page))
                .filter(outcome -> outcome.startsWith("0x4"))
                .count();
        return stale + " stale";
    }
}
