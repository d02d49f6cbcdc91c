package org.nestor.iommu;

/** Why a fault cannot be repaired. */
public enum FaultReason {
    UNKNOWN(0),
    PASID_FETCH(1),
    BAD_PASID_ENTRY(2),
    PASID_INVALID(3),
    WALK_EABT(4),
    PTE_FETCH(5),
    PERMISSION(6),
    ACCESS(7),
    OOR_ADDRESS(8);

    private final int value;

    FaultReason(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
