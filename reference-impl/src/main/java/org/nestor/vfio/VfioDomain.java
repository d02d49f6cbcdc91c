package org.nestor.vfio;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.IommuDomain;

/** A domain of a container with the groups in it, newest first. */
final class VfioDomain {
    private final IommuDomain domain;
    private final List<VfioGroup> groups = new ArrayList<>();

    VfioDomain(IommuDomain domain) {
        this.domain = domain;
    }

    IommuDomain domain() {
        return domain;
    }

    List<VfioGroup> groups() {
        return groups;
    }
}
