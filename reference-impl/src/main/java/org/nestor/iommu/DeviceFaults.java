package org.nestor.iommu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;

/** The fault handler of a device, and the page requests that it has not answered. */
public final class DeviceFaults {
    private static final Refusal TAKEN = Refusal.of(Errno.EBUSY, "R-EVT-17");
    private static final Refusal PENDING = Refusal.of(Errno.EBUSY, "R-EVT-20");
    private static final Refusal NO_HANDLER = Refusal.of(Errno.EINVAL, "R-EVT-16");

    private final List<IommuFault.PageRequest> pending = new ArrayList<>();
    private Optional<FaultHandler> handler = Optional.empty();

    @Rule("R-EVT-17")
    public Result<Done> register(FaultHandler newHandler) {
        if (handler.isPresent()) {
            return TAKEN.result();
        }
        handler = Optional.of(newHandler);
        return Done.OK;
    }

    @Rule("R-EVT-20")
    @Rule("R-EVT-21")
    public Result<Done> unregister() {
        if (!pending.isEmpty()) {
            return PENDING.result();
        }
        handler = Optional.empty();
        return Done.OK;
    }

    public boolean hasHandler() {
        return handler.isPresent();
    }

    /** The page requests that wait for an answer, oldest first. */
    public List<IommuFault.PageRequest> pending() {
        return List.copyOf(pending);
    }

    /** Gives a fault to the handler, whatever state the domain is in. */
    @Rule("R-EVT-15")
    @Rule("R-EVT-16")
    @Rule("R-EVT-18")
    @Rule("R-EVT-19")
    public Result<Done> report(IommuFault fault) {
        if (handler.isEmpty()) {
            return NO_HANDLER.result();
        }
        boolean recoverable = fault instanceof IommuFault.PageRequest request && request.lastPage();
        if (recoverable) {
            pending.add((IommuFault.PageRequest) fault);
        }
        Result<Done> taken = handler.get().handle(fault);
        if (recoverable && !taken.isOk()) {
            pending.remove(pending.size() - 1);
        }
        return taken;
    }

    /** Takes the oldest request that the response matches off the list. */
    @Rule("R-PRS-03")
    @Rule("R-PRS-05")
    Optional<IommuFault.PageRequest> take(PageResponse response) {
        for (int i = 0; i < pending.size(); i++) {
            IommuFault.PageRequest request = pending.get(i);
            boolean pasidMatches = !request.responseNeedsPasid() || response.pasid() == request.pasid();
            if (request.group() == response.group() && pasidMatches) {
                pending.remove(i);
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }
}
