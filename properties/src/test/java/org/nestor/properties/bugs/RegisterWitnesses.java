package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.STREAM;

import java.util.List;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;

/** Plays around registers and reset. */
final class RegisterWitnesses {

    private RegisterWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-44", "AIDR=2 EVENTQ_PROD=1", "AIDR=0 EVENTQ_PROD=0", rig -> {
                    rig.queues(1).enable();
                    rig.fault();
                    return rig.shown(Register.AIDR, Register.EVENTQ_PROD);
                }),
                Witness.of("D-45", "Ok CR0=0", "Abort CR0=d", rig -> {
                    rig.start().smmu.reset();
                    DmaResult result = rig.smmu.dma(Transaction.read(STREAM, 0x1000), new byte[0], 4);
                    return result.getClass().getSimpleName() + " " + rig.shown(Register.CR0);
                }));
    }
}
