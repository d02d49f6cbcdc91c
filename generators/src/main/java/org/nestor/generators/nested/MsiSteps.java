package org.nestor.generators.nested;

import static org.nestor.generators.nested.Violation.Property.MSI;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.iommu.UserBuffer;
import org.nestor.vfio.EventFd;
import org.nestor.vfio.Ioctl;

/** The steps that set MSIs up and send them. */
final class MsiSteps {
    private static final int EINVAL = -22;
    private static final int ENOMEM = -12;
    private static final long SMALLEST_PAGE = 1 << 12;

    private final NestedWorld world;
    private final EventFd event = new EventFd();

    MsiSteps(NestedWorld world) {
        this.world = world;
    }

    void bind(Guest guest, int number, int sizeChoice) {
        long page = world.setup().page();
        long size = switch (sizeChoice % 7) {
            case 0 -> 0;
            case 1 -> 24;
            case 2 -> 2 * page;
            case 3 -> SMALLEST_PAGE;
            case 4 -> page / 2;
            default -> page;
        };
        bind(guest, number, size, Long.bitCount(size) == 1 && size <= page ? 0 : EINVAL);
    }

    /** As the other, with memory for so many bindings: each domain that does not have the doorbell yet needs one. */
    void bindShort(Guest guest, int number, int memory) {
        long size = world.setup().page() / (GuestLayout.isUpperHalf(number) ? 2 : 1);
        int left = memory % (Hardware.SMMUS + 1);
        long giova = announcedVa(guest, number);
        long needed = guest.domains().stream()
                .filter(domain -> !domain.isAnnounced(giova, size))
                .count();
        world.host().msi().setBindingsLeft(left);
        bind(guest, number, size, needed <= left ? 0 : ENOMEM);
        world.host().msi().setBindingsLeft(Integer.MAX_VALUE);
    }

    private long announcedVa(Guest guest, int number) {
        return guest.layout().announcedVa(number, world.setup().page());
    }

    /** What is refused in one domain is in none of them that did not have it before. */
    private void bind(Guest guest, int number, long size, int expected) {
        long giova = announcedVa(guest, number);
        long gpa = guest.layout().doorbellIpa(number);
        NestedWorld.expect(
                expected,
                Requests.binding(guest.container(), Requests.SET, giova, gpa, size),
                "SET_MSI_BINDING of " + size + " bytes");
        if (expected == 0) {
            guest.domains().forEach(domain -> domain.announce(giova, gpa, size));
        }
    }

    void unbind(Guest guest, int number) {
        long giova = announcedVa(guest, number);
        NestedWorld.expect(
                0, Requests.binding(guest.container(), Requests.UNSET, giova, 0, 0), "SET_MSI_BINDING with UNBIND");
        guest.domains().forEach(domain -> domain.withdraw(giova));
    }

    /** Preparing takes the binding that leads to the doorbell, else the newest that leads nowhere. */
    void enable(GuestDevice device) {
        if (!device.file().isOpen()) {
            return;
        }
        GuestDomain domain = world.domainOf(device);
        long offset = Hardware.DOORBELL & world.setup().page() - 1;
        Optional<GuestDomain.Doorbell> doorbell = domain.doorbellFor(offset);
        boolean already = device.msi().isPresent();
        NestedWorld.expect(already || doorbell.isPresent() ? 0 : ENOMEM, setIrqs(device, true), "SET_IRQS of MSI-X");
        if (already || doorbell.isEmpty()) {
            return;
        }
        domain.map(doorbell.get());
        device.setMsi(OptionalLong.of(doorbell.get().giova() + offset));
        requireAddress(device);
    }

    private static void requireAddress(GuestDevice device) {
        OptionalLong programmed = device.file().msiAddress();
        if (!programmed.equals(device.msi())) {
            throw new Broken(
                    MSI, device.device() + " writes its MSI to " + programmed + ", prepared was " + device.msi());
        }
    }

    void disable(GuestDevice device) {
        if (device.file().isOpen()) {
            NestedWorld.expect(0, setIrqs(device, false), "SET_IRQS of no MSI-X");
            device.setMsi(OptionalLong.empty());
        }
    }

    private int setIrqs(GuestDevice device, boolean on) {
        return device.file()
                .ioctl(Ioctl.DEVICE_SET_IRQS, UserBuffer.of(Requests.msix(on)), fd -> Optional.of(event))
                .code();
    }

    void send(GuestDevice device) {
        if (device.msi().isEmpty() || !device.mayIssue()) {
            return;
        }
        requireAddress(device);
        Set<Outcome> allowed = world.guest(device.guest())
                .model()
                .writeOutcomes(world.domainOf(device), device.msi().getAsLong(), Hardware.DOORBELL);
        event.take();
        boolean delivered = world.host().sendMsi(device.file(), 0);
        if (delivered != (event.take() == 1)) {
            throw new Broken(MSI, "an MSI of " + device.device() + " reached its doorbell and not its eventfd");
        }
        boolean may =
                allowed.contains(new Outcome.Reached(Hardware.DOORBELL)) || allowed.contains(new Outcome.Anything());
        if (delivered && !may
                || !delivered && may && allowed.size() == 1 && !allowed.contains(new Outcome.Anything())) {
            throw new Broken(
                    MSI,
                    "an MSI of " + device.device() + " was " + (delivered ? "" : "not ") + "delivered, allowed: "
                            + allowed);
        }
        device.takeFaults().forEach(record -> device.noteStall(record));
        world.host().takeLog();
    }
}
