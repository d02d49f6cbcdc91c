package org.nestor.protocol;

/** The inner or outer cacheability of Normal memory. */
public enum Cacheability implements Wire {
    /** Non-cacheable. */
    NON_CACHEABLE("nc"),

    /** Write-through. */
    WRITE_THROUGH("wt"),

    /** Write-back. */
    WRITE_BACK("wb");

    private final String wire;

    Cacheability(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
