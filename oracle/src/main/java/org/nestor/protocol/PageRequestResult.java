package org.nestor.protocol;

/** What became of a PCIe Page Request. */
public enum PageRequestResult implements Wire {
    /** It was written to the PRI queue. */
    QUEUED("queued"),

    /** The SMMU answered it itself. */
    RESPONSE("response");

    private final String wire;

    PageRequestResult(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
