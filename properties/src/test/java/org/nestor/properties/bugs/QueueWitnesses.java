package org.nestor.properties.bugs;

import java.util.List;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Register;

/** Plays around the command queue. */
final class QueueWitnesses {

    private QueueWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-32", "CMDQ_CONS=1000000 GERROR=1", "CMDQ_CONS=1 GERROR=0", rig -> {
                    rig.queues(2).place(0, new CommandRecord(Commands.sync().dw0() | 3L << 12, 0));
                    rig.enable();
                    rig.smmu.write(Register.CMDQ_PROD, 1);
                    return rig.shown(Register.CMDQ_CONS, Register.GERROR);
                }),
                Witness.of("D-33", "CMDQ_CONS=6 GERROR=0", "CMDQ_CONS=1000000 GERROR=1", rig -> {
                    rig.queues(3).place(5, Commands.sync());
                    rig.smmu.write(Register.CMDQ_PROD, 5);
                    rig.smmu.write(Register.CMDQ_CONS, 5);
                    rig.enable();
                    rig.smmu.write(Register.CMDQ_PROD, 6);
                    return rig.shown(Register.CMDQ_CONS, Register.GERROR);
                }),
                Witness.of("D-34", "CMDQ_CONS=1000000 GERROR=1", "CMDQ_CONS=2 GERROR=0", rig -> {
                    rig.queues(2).place(0, new CommandRecord(0xFF, 0));
                    rig.place(1, Commands.sync());
                    rig.enable();
                    rig.smmu.write(Register.CMDQ_PROD, 2);
                    return rig.shown(Register.CMDQ_CONS, Register.GERROR);
                }),
                Witness.of("D-35", "CMDQ_CONS=4 GERROR=0", "CMDQ_CONS=0 GERROR=0", rig -> {
                    rig.queues(2);
                    for (int slot = 0; slot < 4; slot++) {
                        rig.place(slot, Commands.sync());
                    }
                    rig.enable();
                    rig.smmu.write(Register.CMDQ_PROD, 4);
                    return rig.shown(Register.CMDQ_CONS, Register.GERROR);
                }));
    }
}
