package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.NON_GLOBAL;
import static org.nestor.properties.bugs.Rig.STREAM;

import java.util.List;
import org.nestor.generators.vectors.Commands;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Ste;

/** Plays around what the configuration caches remember and remove. */
final class ConfigurationWitnesses {

    private ConfigurationWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-28", "abort", "0x1000", rig -> {
                    rig.ste(0x2, Ste.bypass()).ste(0xA, Ste.bypass()).start();
                    rig.read(0x2, 0x1000);
                    rig.read(0xA, 0x1000);
                    rig.ste(0xA, Ste.aborting());
                    rig.complete(Commands.cfgiSte(0xA, true));
                    return rig.read(0xA, 0x1000);
                }),
                Witness.of("D-29", "abort F_TRANSLATION", "abort", rig -> {
                    rig.stage1(Cd.of(rig.table())).read(0x1000);
                    return rig.read(0x1000);
                }),
                Witness.of("D-30", "0x40006000", "abort F_TRANSLATION", rig -> {
                    PageTable table = rig.table().map(0x4040_5000L, 0x4000_5000L, 3, NON_GLOBAL);
                    table.map(0x8040_6000L, 0x4000_6000L, 3, NON_GLOBAL);
                    rig.stage1(Cd.of(table)).read(0x4040_5000L);
                    return rig.read(0x8040_6000L);
                }),
                Witness.of("D-31", "abort", "0x40001000", rig -> {
                    PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                    rig.stage1(Cd.of(table)).read(0x1000);
                    rig.ste(STREAM, Ste.aborting());
                    rig.complete(Commands.cfgiSte(STREAM, true));
                    return rig.read(0x1000);
                }));
    }
}
