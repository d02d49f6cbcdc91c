package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.NON_GLOBAL;

import java.util.List;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;

/** Plays around the CD. */
final class ContextWitnesses {

    private ContextWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-08", "0x40001000", "abort C_BAD_CD", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    return rig.stage1(Cd.of(table)).read(0x1000);
                }),
                Witness.of("D-09", "0x40001000", "abort C_BAD_CD", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    return rig.stage1(Cd.of(table)).read(0x1000);
                }));
    }
}
