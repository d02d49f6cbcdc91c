package org.nestor.bugs.software;

import java.util.OptionalLong;
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.smmuv3.ContextOwner;
import org.nestor.iommu.smmuv3.StreamTarget;

/** Takes a guest's pointer to its CD for a physical address of the host. */
public final class GuestsPointer extends ContextOwner {
    @Override
    public OptionalLong contextDescriptor(StreamTarget target) {
        return target instanceof StreamTarget.HostStage2 host && host.guest() instanceof GuestStage1.Translate guest
                ? OptionalLong.of(guest.contextPointer())
                : super.contextDescriptor(target);
    }
}
