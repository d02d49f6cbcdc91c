package org.nestor.smmu.register;

import org.nestor.smmu.format.Field;

/** The enable bits of CR0. */
public enum Enable {
    SMMUEN,
    PRIQEN,
    EVENTQEN,
    CMDQEN;

    private final Field field = RegisterLayouts.CR0.field(name());

    /** The bit, in CR0 and CR0ACK alike. */
    public Field field() {
        return field;
    }
}
