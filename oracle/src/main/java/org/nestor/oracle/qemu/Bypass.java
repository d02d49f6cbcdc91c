package org.nestor.oracle.qemu;

import java.util.List;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/**
 * Lets a device reach memory untranslated for a moment: SMMUEN = 0 and a GBPA that passes everything. QEMU's caches stay as
 * they are meanwhile, and afterwards each register has its value again.
 *
 * <p>QEMU looks at its command queue whenever CR0 is written. Commands that wait there although it is enabled, after a
 * change of CMDQ_CONS say, must not be consumed by that, so the queue is made to look empty while CR0 is touched.
 */
final class Bypass {
    private static final Field SMMUEN = RegisterLayouts.CR0.field("SMMUEN");
    private static final Field CMDQEN = RegisterLayouts.CR0.field("CMDQEN");
    private static final Field UPDATE = RegisterLayouts.GBPA.field("Update");
    private static final Field ABORT = RegisterLayouts.GBPA.field("ABORT");

    private final SmmuPort smmu;

    Bypass(SmmuPort smmu) {
        this.smmu = smmu;
    }

    /** Runs a transfer untranslated. */
    void during(Runnable transfer) {
        List<Long> before = smmu.read(List.of(Register.CR0, Register.GBPA, Register.CMDQ_PROD, Register.CMDQ_CONS));
        long cr0 = before.get(0);
        if (SMMUEN.isSet(cr0) || ABORT.isSet(before.get(1))) {
            bypassed(transfer, cr0, before.get(1), before.get(2), before.get(3));
        } else {
            transfer.run();
        }
    }

    private void bypassed(Runnable transfer, long cr0, long gbpa, long prod, long cons) {
        boolean waiting = CMDQEN.isSet(cr0) && prod != cons;
        if (waiting) {
            smmu.write(Register.CMDQ_CONS, prod);
        }
        smmu.write(Register.GBPA, UPDATE.mask());
        smmu.write(Register.CR0, cr0 & ~SMMUEN.mask());
        transfer.run();
        smmu.write(Register.CR0, cr0);
        smmu.write(Register.GBPA, gbpa | UPDATE.mask());
        if (waiting) {
            smmu.write(Register.CMDQ_CONS, cons);
        }
    }
}
