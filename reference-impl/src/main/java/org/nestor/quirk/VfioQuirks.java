package org.nestor.quirk;

import java.util.Optional;
import org.nestor.iommu.Done;
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.vfio.ContainerRules;
import org.nestor.vfio.DeviceRules;

/** How the published series treats containers and devices. */
final class VfioQuirks {

    private VfioQuirks() {}

    /** Refuses to open a device when the driver does not know the nesting attribute. */
    static final class AttributeRequired extends DeviceRules.UnknownAttribute {
        @Override
        public Optional<Refusal> refuses(Result<Integer> nesting) {
            return nesting.reason();
        }
    }

    /** Leaves page requests pending, so that the fault handler stays. */
    static final class RequestsLeft extends DeviceRules.PendingRequests {
        @Override
        public boolean drained() {
            return false;
        }
    }

    /** Opens a device whose response region could not be allocated. */
    static final class FailureHidden extends DeviceRules.ResponseAllocation {
        @Override
        public boolean failureIsReported() {
            return false;
        }
    }

    /** Returns what the last domain returned. */
    static final class LastResult extends ContainerRules.FirstError {
        @Override
        public Result<Done> combine(Result<Done> earlier, Result<Done> later) {
            return later;
        }
    }

    /** Detaches the table of an earlier domain, whatever its state was. */
    static final class TableDetached extends ContainerRules.TableUnwind {
        @Override
        public void unwind(NestedOps domain, GuestStage1 before) {
            domain.detachPasidTable();
        }
    }

    /** Takes back bindings that were there before. */
    static final class BindingTakenBack extends ContainerRules.BindingUnwind {
        @Override
        public boolean unbinds(boolean boundBefore) {
            return true;
        }
    }
}
