package org.nestor.vfio;

import java.util.List;
import java.util.Optional;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuGroup;

/** A group as user space holds it. */
public final class VfioGroup {
    private final IommuGroup group;
    private Optional<Container> container = Optional.empty();

    public VfioGroup(IommuGroup group) {
        this.group = group;
    }

    IommuGroup group() {
        return group;
    }

    public List<IommuDevice> devices() {
        return group.devices();
    }

    /** The container that it is in. */
    public Optional<Container> container() {
        return container;
    }

    void joined(Container newContainer) {
        container = Optional.of(newContainer);
    }

    void left() {
        container = Optional.empty();
    }

    /** The software MSI window counts only where MSIs go through the IOMMU. */
    boolean hasSoftwareMsiWindow() {
        return devices().stream().noneMatch(device -> device.description().hardwareMsiRegion());
    }
}
