package org.nestor.smmu.transaction;

/** Direction of a client access. Atomic accesses count as writes that also need read permission. */
public enum Access {
    READ,
    WRITE
}
