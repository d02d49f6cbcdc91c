package org.nestor.iommu;

import java.util.Arrays;
import java.util.Optional;
import org.nestor.rule.Rule;

/** The types of domain that can be allocated. */
public enum DomainType {
    IDENTITY(0x4),
    UNMANAGED(0x1),
    DMA(0x3);

    private final int value;

    DomainType(int value) {
        this.value = value;
    }

    /** The type of that value, as {@code iommu_domain_alloc} takes it; a domain of any other type is never allocated. */
    @Rule("R-ALLOC-01")
    public static Optional<DomainType> of(int value) {
        return Arrays.stream(values()).filter(type -> type.value == value).findFirst();
    }
}
