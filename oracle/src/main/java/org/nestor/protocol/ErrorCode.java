package org.nestor.protocol;

/** Why there is no result. */
public enum ErrorCode implements Wire {
    /** The implementation does not do this. */
    UNSUPPORTED("unsupported"),

    /** The request makes no sense to the implementation; nothing was changed. */
    BAD_REQUEST("bad-request"),

    /** The implementation ended. */
    DIED("died"),

    /** The implementation did not answer in time. */
    HUNG("hung");

    private final String wire;

    ErrorCode(String wire) {
        this.wire = wire;
    }

    /** True when the implementation is gone, so that no other request can be answered. */
    public boolean isEnd() {
        return this == DIED || this == HUNG;
    }

    @Override
    public String wire() {
        return wire;
    }
}
