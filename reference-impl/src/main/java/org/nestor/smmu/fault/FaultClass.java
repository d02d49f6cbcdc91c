package org.nestor.smmu.fault;

/** The CLASS field of a fault record: what the faulting access was for. */
public enum FaultClass {
    /** Fetch of a CD or L1CD. */
    CD(0),
    /** Access to a stage 1 translation table. */
    TT(1),
    /** The input address of the transaction itself. */
    IN(2);

    private final int code;

    FaultClass(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
