package org.nestor.bugs.command;

import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterFeatures;

/** Has CMDQ_CONS read-only at all times. */
public final class FixedReadIndex extends RegisterFeatures {

    public FixedReadIndex(IdRegisters ids) {
        super(ids);
    }

    @Override
    protected long fieldsOf(Register register) {
        return register == Register.CMDQ_CONS ? 0 : super.fieldsOf(register);
    }
}
