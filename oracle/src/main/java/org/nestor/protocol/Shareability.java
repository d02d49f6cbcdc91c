package org.nestor.protocol;

/** The shareability of Normal memory. */
public enum Shareability implements Wire {
    /** Non-shareable. */
    NON_SHAREABLE("nsh"),

    /** Outer Shareable. */
    OUTER_SHAREABLE("osh"),

    /** Inner Shareable. */
    INNER_SHAREABLE("ish");

    private final String wire;

    Shareability(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
