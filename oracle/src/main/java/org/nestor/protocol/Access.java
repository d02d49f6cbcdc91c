package org.nestor.protocol;

/** What a DMA does. */
public enum Access implements Wire {
    /** The device reads memory. */
    READ("read"),

    /** The device writes memory. */
    WRITE("write");

    private final String wire;

    Access(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
