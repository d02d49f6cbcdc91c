package org.nestor.iommu;

import java.util.Optional;

/** A device, as the IOMMU core knows it: what it is, and the domain it belongs to. */
public final class IommuDevice {
    private final DeviceDescription description;
    private final PageResponder responder;
    private final DeviceFaults faults = new DeviceFaults();
    private Optional<IommuDomain> domain = Optional.empty();

    public IommuDevice(DeviceDescription description, PageResponder responder) {
        this.description = description;
        this.responder = responder;
    }

    public String name() {
        return description.name();
    }

    public DeviceDescription description() {
        return description;
    }

    public DeviceFaults faults() {
        return faults;
    }

    PageResponder responder() {
        return responder;
    }

    public Optional<IommuDomain> domain() {
        return domain;
    }

    /** For the driver: it belongs to that domain from now on. */
    public void joined(IommuDomain newDomain) {
        domain = Optional.of(newDomain);
    }

    /** For the driver: it belongs to no domain. */
    public void left() {
        domain = Optional.empty();
    }

    @Override
    public String toString() {
        return name();
    }
}
