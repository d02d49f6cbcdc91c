package org.nestor.protocol;

/** Something an implementation can do, as its {@code hello} reply lists it. */
public enum Feature implements Wire {
    /** It reports interrupts. */
    IRQS("irqs"),

    /** DMA replies tell an abort from success. */
    STATUS("status"),

    /** DMA replies tell the memory attributes. */
    ATTRS("attrs"),

    /** A DMA may carry a SubstreamID. */
    SSID("ssid"),

    /** A DMA may be privileged. */
    PRIVILEGED("privileged"),

    /** A DMA may be an instruction fetch. */
    INSTRUCTION("instruction"),

    /** It answers Translation Requests and takes translated transactions. */
    ATS("ats"),

    /** It takes page requests. */
    PRI("pri"),

    /** A DMA may stall. */
    STALL("stall"),

    /** A reset may set ID registers. */
    RESET_IDR("resetIdr");

    private final String wire;

    Feature(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
