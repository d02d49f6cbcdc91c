package org.nestor.iommu.smmuv3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.dma.MsiLayer;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The SMMUv3 driver: its SMMUs, the devices behind them, and the domains it makes. */
public final class SmmuDriver {
    private static final Refusal CANNOT_STALL = Refusal.of(Errno.ENODEV, "R-PRS-09");
    private static final Refusal UNKNOWN_CODE = Refusal.of(Errno.EINVAL, "R-PRS-08");

    private final Parts parts;
    private final MsiLayer msi;
    private final DriverObserver observer;
    private final List<SmmuInstance> smmus = new ArrayList<>();
    private final List<EventHandler> handlers = new ArrayList<>();
    private final Map<IommuDevice, Master> masters = new HashMap<>();

    public SmmuDriver(Parts parts, MsiLayer msi, DriverObserver observer) {
        this.parts = parts;
        this.msi = msi;
        this.observer = observer;
    }

    /** Takes an SMMU over: resets it and sets its queues and stream table up. */
    public SmmuInstance start(SmmuPort port, PageAllocator pages, DriverOptions options) {
        SmmuInstance smmu = new SmmuInstance(new ObservedPort(port, observer), pages, options, parts, observer);
        smmus.add(smmu);
        handlers.add(new EventHandler(smmu, observer, parts));
        return smmu;
    }

    /** Takes note of a device behind an SMMU; its streams are aborted or bypassed until it joins a domain. */
    public Result<IommuDevice> probe(DeviceDescription description, SmmuInstance smmu) {
        IommuDevice device = new IommuDevice(description, this::respond);
        if (!description.described()) {
            return Result.ok(device);
        }
        Master master = new Master(smmu, device);
        return smmu.add(master).then(done -> {
            masters.put(device, master);
            master.configure(new StreamTarget.NoDomain(), false);
            return Result.ok(device);
        });
    }

    /**
     * Forgets a device that is gone. What it still had under way may come to an event of a stream that is nobody's, and is then ended
     * there.
     */
    @Rule("R-EVT-04")
    public void remove(IommuDevice device) {
        master(device).ifPresent(master -> {
            master.domain().ifPresent(domain -> domain.detach(device));
            master.smmu().remove(master);
            masters.remove(device);
        });
    }

    /** A domain of a type, nothing if there are none of that type. */
    @Rule("R-ALLOC-01")
    public Optional<IommuDomain> allocateDomain(int type) {
        return DomainType.of(type).map(this::allocateDomain);
    }

    public IommuDomain allocateDomain(DomainType type) {
        return new SmmuDomain(this, type, msi, parts);
    }

    Optional<Master> master(IommuDevice device) {
        return Optional.ofNullable(masters.get(device));
    }

    /** Deals with all events that the SMMUs have recorded, as its interrupt thread does. */
    public void handleEvents() {
        handlers.forEach(EventHandler::run);
    }

    @Rule("R-PRS-08")
    @Rule("R-PRS-09")
    private Result<Done> respond(IommuDevice device, IommuFault.PageRequest request, PageResponse response) {
        Optional<Master> master = master(device).filter(Master::stallEnabled);
        if (master.isEmpty()) {
            return CANNOT_STALL.result();
        } else if (response.code() > PageResponse.FAILURE) {
            return UNKNOWN_CODE.result();
        }
        handlers.get(smmus.indexOf(master.get().smmu())).resume(master.get(), request, response);
        return Done.OK;
    }
}
