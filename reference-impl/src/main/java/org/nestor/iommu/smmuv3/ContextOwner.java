package org.nestor.iommu.smmuv3;

import java.util.OptionalLong;
import org.nestor.rule.Rule;

/** Which CD the host may write to. */
public class ContextOwner {

    /** The physical address of the host's own. That of a guest is in the guest's memory, and its pointer is an address of the guest's. */
    @Rule("R-PTA-27")
    public OptionalLong contextDescriptor(StreamTarget target) {
        return target instanceof StreamTarget.HostStage1 host
                ? OptionalLong.of(host.contextPointer())
                : OptionalLong.empty();
    }
}
