package org.nestor.protocol;

/** The memory type of a transaction on its way to memory. */
public enum MemoryType implements Wire {
    /** No gathering, no reordering, no early write acknowledgement. */
    DEVICE_NGNRNE("device-nGnRnE"),

    /** No gathering, no reordering. */
    DEVICE_NGNRE("device-nGnRE"),

    /** No gathering. */
    DEVICE_NGRE("device-nGRE"),

    /** Gathering, reordering and early acknowledgement allowed. */
    DEVICE_GRE("device-GRE"),

    /** Normal memory, whose cacheability says the rest. */
    NORMAL("normal");

    private final String wire;

    MemoryType(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
