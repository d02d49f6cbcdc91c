package org.nestor.protocol;

/** How a DMA ended. */
public enum DmaResult implements Wire {
    /** It reached memory. */
    OK("ok"),

    /** It was terminated with an abort. */
    ABORT("abort"),

    /** A read returned zeros, or a write was ignored, without an abort. */
    RAZWI("razwi"),

    /** It waits for CMD_RESUME. */
    STALL("stall"),

    /** The device reports no status, and nothing was seen at the probed addresses. */
    UNSEEN("unseen");

    private final String wire;

    DmaResult(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
