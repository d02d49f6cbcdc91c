package org.nestor.protocol;

/** The answer to a PCIe Page Request Group. */
public enum PageResponseCode implements Wire {
    /** The pages are there. */
    SUCCESS("success"),

    /** At least one page cannot be had. */
    INVALID("invalid"),

    /** The request failed and page requests should stop. */
    FAILURE("failure");

    private final String wire;

    PageResponseCode(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
