package org.nestor.iommu.smmuv3;

import java.util.Optional;
import org.nestor.iommu.DeviceFaults;
import org.nestor.iommu.Done;
import org.nestor.iommu.FaultReason;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.IommuFault.PageRequest;
import org.nestor.iommu.IommuFault.Unrecoverable;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** Deals with the events of an SMMU: tells the device's fault handler, or prints them. */
final class EventHandler {
    private final SmmuInstance smmu;
    private final DriverObserver observer;
    private final FaultRules.Reportable reportable;
    private final FaultRules.Stage2 stage2;
    private final FaultRules.Substream substream;
    private final FaultRules.AccessOfFault access;
    private final FaultRules.FetchAddress fetchAddress;
    private final FaultRules.UnreportedStall unreportedStall;

    EventHandler(SmmuInstance smmu, DriverObserver observer, Parts parts) {
        this.smmu = smmu;
        this.observer = observer;
        this.reportable = parts.get(FaultRules.Reportable.class, FaultRules.Reportable::new);
        this.stage2 = parts.get(FaultRules.Stage2.class, FaultRules.Stage2::new);
        this.substream = parts.get(FaultRules.Substream.class, FaultRules.Substream::new);
        this.access = parts.get(FaultRules.AccessOfFault.class, FaultRules.AccessOfFault::new);
        this.fetchAddress = parts.get(FaultRules.FetchAddress.class, FaultRules.FetchAddress::new);
        this.unreportedStall = parts.get(FaultRules.UnreportedStall.class, FaultRules.UnreportedStall::new);
    }

    /** Takes every record off the queue and deals with it. */
    void run() {
        for (EventRecord event : smmu.events().take()) {
            handle(event);
        }
    }

    @Rule("R-EVT-01")
    @Rule("R-EVT-04")
    @Rule("R-EVT-22")
    @Rule("R-EVT-24")
    @Rule("R-EVT-25")
    private void handle(EventRecord event) {
        boolean stalled = event.type().map(EventType::isTranslationRelated).orElse(false) && event.stall();
        Optional<IommuFault> fault = event.type().flatMap(type -> fault(event, type, stalled));
        Optional<DeviceFaults> device =
                smmu.master(event.streamId()).map(master -> master.device().faults());
        if (fault.isEmpty() || device.isEmpty()) {
            if (stalled && unreportedStall.isEnded()) {
                smmu.commands().issue(Commands.resume(event.streamId(), event.stag(), false));
            }
            observer.printed(event);
            return;
        }
        Result<Done> taken = device.get().report(fault.get());
        if (!taken.isOk()) {
            if (stalled) {
                smmu.commands().issue(Commands.resume(event.streamId(), event.stag(), false));
            }
            observer.printed(event);
        }
    }

    @Rule("R-EVT-06")
    @Rule("R-EVT-07")
    @Rule("R-EVT-08")
    private Optional<IommuFault> fault(EventRecord event, EventType type, boolean stalled) {
        Optional<FaultReason> reason = reportable.reason(type);
        if (reason.isEmpty() || stage2.isHosts(event, type)) {
            return Optional.empty();
        }
        boolean pasidValid = substream.valid(event, type);
        int pasid = pasidValid ? event.substreamId() : 0;
        if (stalled) {
            int flags = PageRequest.LAST_PAGE | (pasidValid ? PageRequest.PASID_VALID : 0);
            return Optional.of(
                    new PageRequest(flags, pasid, event.stag(), access.permission(event), event.inputAddress()));
        }
        int flags = FaultRules.substreamFlag(pasidValid)
                | (access.addressValid(type) ? Unrecoverable.ADDR_VALID : 0)
                | fetchAddress.flags(type);
        boolean known = access.known(type);
        return Optional.of(new Unrecoverable(
                reason.get(), flags, pasid, known ? access.permission(event) : 0, known ? event.inputAddress() : 0, 0));
    }

    /** Ends a stall as a response says. The SMMU is not waited for. */
    @Rule("R-PRS-06")
    @Rule("R-PRS-07")
    @Rule("R-PRS-10")
    @Rule("R-PRS-11")
    void resume(Master master, PageRequest request, PageResponse response) {
        boolean retry = response.code() == PageResponse.SUCCESS;
        smmu.commands().issue(Commands.resume(master.streams().get(0), request.group(), retry));
    }
}
