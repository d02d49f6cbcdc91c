package org.nestor.iommu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;

/** The devices that cannot be isolated from one another, and the domain they are in together. */
public final class IommuGroup {
    private static final Refusal NOT_IN_DEFAULT = Refusal.of(Errno.EBUSY, "R-ATT-25");
    private static final Refusal NOT_ALONE = Refusal.of(Errno.EINVAL, "R-ATT-26");

    private final List<IommuDevice> devices = new ArrayList<>();
    private final Optional<IommuDomain> defaultDomain;
    private Optional<IommuDomain> current;

    /** A group without devices, in its default domain if it has one. */
    public IommuGroup(Optional<IommuDomain> defaultDomain) {
        this.defaultDomain = defaultDomain;
        this.current = defaultDomain;
    }

    /** Adds a device, which joins the domain that the group is in. */
    public Result<Done> add(IommuDevice device) {
        devices.add(device);
        return current.map(domain -> domain.attach(device)).orElse(Done.OK);
    }

    /** Takes a device out that is gone. */
    public void remove(IommuDevice device) {
        devices.remove(device);
    }

    public List<IommuDevice> devices() {
        return Collections.unmodifiableList(devices);
    }

    public Optional<IommuDomain> domain() {
        return current;
    }

    /** Attaches every device of the group, up to the first that is refused. */
    @Rule("R-ATT-25")
    @Rule("R-ATT-27")
    public Result<Done> attach(IommuDomain domain) {
        if (!current.equals(defaultDomain)) {
            return NOT_IN_DEFAULT.result();
        }
        for (IommuDevice device : devices) {
            Result<Done> attached = domain.attach(device);
            if (!attached.isOk()) {
                return attached;
            }
        }
        current = Optional.of(domain);
        return Done.OK;
    }

    /** Attaches the one device of a group. */
    @Rule("R-ATT-26")
    public Result<Done> attachOnly(IommuDomain domain) {
        return devices.size() == 1 ? attach(domain) : NOT_ALONE.result();
    }

    /** Takes every device out of the domain, back into the default domain if there is one. */
    @Rule("R-DET-08")
    public void detach(IommuDomain domain) {
        for (IommuDevice device : devices) {
            if (defaultDomain.isPresent()) {
                defaultDomain.get().attach(device);
            } else if (device.domain().equals(Optional.of(domain))) {
                domain.detach(device);
            }
        }
        current = defaultDomain;
    }
}
