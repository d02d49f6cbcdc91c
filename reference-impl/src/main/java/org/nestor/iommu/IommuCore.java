package org.nestor.iommu;

import java.util.Optional;
import org.nestor.rule.Rule;

/** The entry points of the nested-stage API between its users and the driver. */
public class IommuCore {
    private static final Refusal NO_PASID_TABLES = Refusal.of(Errno.ENODEV, "R-PTA-01");
    private static final Refusal NO_INVALIDATION = Refusal.of(Errno.ENODEV, "R-INV-01");
    private static final Refusal NO_BINDINGS = Refusal.of(Errno.ENODEV, "R-MSI-06");
    private static final Refusal NO_DOMAIN = Refusal.of(Errno.ENODEV, "R-PRS-02");
    private static final Refusal NOTHING_TO_ANSWER = Refusal.of(Errno.EINVAL, "R-PRS-02");
    private static final Refusal MALFORMED_RESPONSE = Refusal.of(Errno.EINVAL, "R-PRS-01");

    /** Sets the guest's stage 1 from a structure in user space. */
    @Rule("R-PTA-01")
    public Result<Done> attachPasidTable(IommuDomain domain, UserBuffer user) {
        Optional<NestedOps> ops = domain.nestedOps();
        if (ops.isEmpty()) {
            return NO_PASID_TABLES.result();
        }
        return PasidTableConfig.copy(user).then(ops.get()::attachPasidTable);
    }

    /** As {@link #attachPasidTable(IommuDomain, UserBuffer)}, for a caller in the kernel: the driver's checks alone. */
    @Rule("R-PTA-01")
    @Rule("R-PTA-31")
    public Result<Done> attachPasidTable(IommuDomain domain, PasidTableConfig config) {
        Optional<NestedOps> ops = domain.nestedOps();
        return ops.isEmpty() ? NO_PASID_TABLES.result() : ops.get().attachPasidTable(config);
    }

    @Rule("R-PTD-01")
    public void detachPasidTable(IommuDomain domain) {
        domain.nestedOps().ifPresent(NestedOps::detachPasidTable);
    }

    @Rule("R-INV-01")
    public Result<Done> cacheInvalidate(IommuDomain domain, IommuDevice device, UserBuffer user) {
        Optional<NestedOps> ops = domain.nestedOps();
        if (ops.isEmpty()) {
            return NO_INVALIDATION.result();
        }
        return CacheInvalidateCopy.copy(user).then(info -> ops.get().cacheInvalidate(device, info));
    }

    @Rule("R-MSI-06")
    public Result<Done> bindGuestMsi(IommuDomain domain, long giova, long gpa, long size) {
        Optional<NestedOps> ops = domain.nestedOps();
        return ops.isEmpty() ? NO_BINDINGS.result() : ops.get().bindGuestMsi(giova, gpa, size);
    }

    @Rule("R-MSI-06")
    public void unbindGuestMsi(IommuDomain domain, long giova) {
        domain.nestedOps().ifPresent(ops -> ops.unbindGuestMsi(giova));
    }

    /**
     * Answers a page request. Once a request matches it is consumed, whatever the driver then says; a PASID that is not needed is
     * dropped, and argsz is not looked at.
     */
    @Rule("R-PRS-01")
    @Rule("R-PRS-02")
    @Rule("R-PRS-04")
    @Rule("R-PRS-08")
    @Rule("R-PRS-09")
    @Rule("R-PRS-12")
    public Result<Done> pageResponse(IommuDevice device, PageResponse response) {
        if (device.domain().isEmpty()) {
            return NO_DOMAIN.result();
        } else if (!device.faults().hasHandler()) {
            return NOTHING_TO_ANSWER.result();
        } else if (response.version() != PageResponse.VERSION_1
                || (response.flags() & ~PageResponse.PASID_VALID) != 0) {
            return MALFORMED_RESPONSE.result();
        }
        Optional<IommuFault.PageRequest> request = device.faults().take(response);
        return request.isEmpty()
                ? NOTHING_TO_ANSWER.result()
                : device.responder().respond(device, request.get(), response);
    }

    /** Answers every request of a device that is still pending with FAILURE. */
    @Rule("R-LIF-02")
    public void drain(IommuDevice device) {
        for (IommuFault.PageRequest request : device.faults().pending()) {
            PageResponse failure = PageResponse.of(request.group(), PageResponse.FAILURE);
            device.faults().take(failure);
            device.responder().respond(device, request, failure);
        }
    }
}
