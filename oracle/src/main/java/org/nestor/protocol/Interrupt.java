package org.nestor.protocol;

/** An interrupt of the SMMU, named as in an {@code irqs} reply. */
public enum Interrupt implements Wire {
    /** The event queue became non-empty. */
    EVENTQ("eventq"),

    /** The PRI queue became non-empty. */
    PRIQ("priq"),

    /** A CMD_SYNC with an interrupt as its signal completed. */
    CMDQ_SYNC("cmdq-sync"),

    /** A global error became active. */
    GERROR("gerror");

    private final String wire;

    Interrupt(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
