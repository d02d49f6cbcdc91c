package org.nestor.vfio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.dma.MsiLayer;
import org.nestor.dma.PreparedMsi;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The interrupts of a device: which eventfd each signals, and what the device writes to send an MSI. */
final class DeviceIrqs {
    static final int INTX = 0;
    static final int MSI = 1;
    static final int MSIX = 2;
    static final int ERR = 3;
    static final int REQ = 4;
    static final int FIXED = 5;
    static final int NESTED = FIXED;
    static final int VECTORS = 4;

    private static final Refusal NO_TRIGGER = Refusal.of(Errno.EINVAL, "R-IRQ-09");
    private static final Refusal NOT_THERE = Refusal.of(Errno.EINVAL, "R-IRQ-11");
    private static final Refusal NO_SUCH_ACTION = Refusal.of(Errno.ENOTTY, "R-IRQ-05");
    private static final Refusal BUSY_WITH_OTHER = Refusal.of(Errno.EINVAL, "R-IRQ-11");

    private final IommuDevice device;
    private final MsiLayer msi;
    private final Map<Integer, EventFd> single = new HashMap<>();
    private final Map<Integer, EventFd> vectors = new HashMap<>();
    private Optional<Integer> vectorIndex = Optional.empty();
    private Optional<PreparedMsi> prepared = Optional.empty();
    private boolean nested;

    DeviceIrqs(IommuDevice device, MsiLayer msi) {
        this.device = device;
        this.msi = msi;
    }

    void setNested(boolean on) {
        nested = on;
        if (!on) {
            single.remove(NESTED);
        }
    }

    int count() {
        return FIXED + (nested ? 1 : 0);
    }

    static int vectorsOf(int index) {
        return index == MSIX ? VECTORS : 1;
    }

    /** What SET_IRQS asks for. */
    record Action(
            int index,
            int start,
            int count,
            Kind kind,
            boolean trigger,
            List<Boolean> bools,
            List<Optional<EventFd>> fds) {
        enum Kind {
            NONE,
            BOOL,
            EVENTFD
        }
    }

    @Rule("R-IRQ-05")
    Result<Done> set(Action action) {
        if (!action.trigger()) {
            return NO_SUCH_ACTION.result();
        }
        return action.index() == MSI || action.index() == MSIX ? setVectors(action) : setSingle(action);
    }

    @Rule("R-IRQ-07")
    @Rule("R-IRQ-08")
    @Rule("R-IRQ-09")
    private Result<Done> setSingle(Action action) {
        switch (action.kind()) {
            case NONE -> {
                if (action.count() == 0) {
                    single.remove(action.index());
                    return Done.OK;
                }
                return signal(action.index());
            }
            case BOOL -> {
                return action.bools().contains(true) ? signal(action.index()) : Done.OK;
            }
            case EVENTFD -> {
                for (Optional<EventFd> fd : action.fds()) {
                    fd.ifPresentOrElse(event -> single.put(action.index(), event), () -> single.remove(action.index()));
                }
                return Done.OK;
            }
        }
        throw new IllegalStateException();
    }

    private Result<Done> signal(int index) {
        EventFd event = single.get(index);
        if (event == null) {
            return NO_TRIGGER.result();
        }
        event.signal();
        return Done.OK;
    }

    /** Enabling the first vector prepares the device's MSI; its refusal enables nothing. */
    @Rule("R-MSI-23")
    private Result<Done> setVectors(Action action) {
        if (action.kind() == Action.Kind.NONE && action.count() == 0) {
            disableVectors();
            return Done.OK;
        } else if (vectorIndex.isPresent() && vectorIndex.get() != action.index()) {
            return BUSY_WITH_OTHER.result();
        } else if (action.kind() != Action.Kind.EVENTFD) {
            return trigger(action);
        }
        if (prepared.isEmpty()) {
            Optional<Long> doorbell = device.description().msiDoorbell();
            if (doorbell.isEmpty()) {
                return NOT_THERE.result();
            }
            Result<PreparedMsi> ready = msi.prepare(device, doorbell.get());
            if (!ready.isOk()) {
                return ready.then(none -> Done.OK);
            }
            prepared = ready.toOptional();
            vectorIndex = Optional.of(action.index());
        }
        for (int i = 0; i < action.count(); i++) {
            int vector = action.start() + i;
            action.fds().get(i).ifPresentOrElse(event -> vectors.put(vector, event), () -> vectors.remove(vector));
        }
        return Done.OK;
    }

    private Result<Done> trigger(Action action) {
        if (vectorIndex.isEmpty()) {
            return NOT_THERE.result();
        }
        for (int i = 0; i < action.count(); i++) {
            if (action.kind() == Action.Kind.NONE || action.bools().get(i)) {
                received(action.start() + i);
            }
        }
        return Done.OK;
    }

    void disableVectors() {
        vectors.clear();
        vectorIndex = Optional.empty();
        prepared = Optional.empty();
    }

    /** A fault was stored: tells user space. */
    @Rule("R-REG-25")
    @Rule("R-REG-26")
    @Rule("R-IRQ-10")
    Result<Done> faultStored() {
        if (!nested) {
            return NOT_THERE.result();
        }
        EventFd event = single.get(NESTED);
        if (event != null) {
            event.signal();
        }
        return Done.OK;
    }

    /** The host has received an MSI of the device. */
    void received(int vector) {
        EventFd event = vectors.get(vector);
        if (event != null) {
            event.signal();
        }
    }

    /** What the device writes to, to send an MSI. */
    OptionalLong msiAddress() {
        return prepared.isEmpty() ? OptionalLong.empty() : OptionalLong.of(msi.compose(prepared.get()));
    }

    /** Drops the fault interrupt and releases the eventfds. */
    void release() {
        setNested(false);
        single.clear();
    }
}
