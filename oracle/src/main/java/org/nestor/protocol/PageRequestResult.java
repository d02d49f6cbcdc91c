package org.nestor.protocol;

/** What became of a PCIe Page Request. */
public enum PageRequestResult implements Wire {
    /** It was written to the PRI queue. */
    QUEUED("queued"),

    /** The SMMU answered it itself. */
    RESPONSE("response"),

    /** It was lost, and gets no answer. */
    DROPPED("dropped");

    private final String wire;

    PageRequestResult(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
