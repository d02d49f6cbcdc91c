package org.nestor.smmu.interrupt;

import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.RegisterLayouts;

/** The conditions of GERROR that this SMMU can meet, or that are named so that they never toggle by mistake. */
public enum GlobalError {
    CMDQ_ERR,
    EVENTQ_ABT_ERR,
    PRIQ_ABT_ERR,
    MSI_CMDQ_ABT_ERR,
    MSI_EVENTQ_ABT_ERR,
    MSI_PRIQ_ABT_ERR,
    MSI_GERROR_ABT_ERR,
    SFM_ERR;

    private final Field field = RegisterLayouts.GERROR.field(name());

    /** The bit, in GERROR and GERRORN alike. */
    public long mask() {
        return field.mask();
    }
}
