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

    private final NestedWorld world;
    private final EventFd event = new EventFd();

    MsiSteps(NestedWorld world) {
        this.world = world;
    }

    void bind(Guest guest, int number, int sizeChoice) {
        long page = world.setup().page();
        long size = switch (sizeChoice % 6) {
            case 0 -> 0;
            case 1 -> 24;
            case 2 -> 2 * page;
            case 3 -> 4096;
            default -> page;
        };
        int expected = Long.bitCount(size) == 1 && size <= page ? 0 : EINVAL;
        long giova = guest.layout().doorbellVa(number);
        NestedWorld.expect(
                expected,
                Requests.binding(
                        guest.container(), Requests.SET, giova, guest.layout().doorbellIpa(number), size),
                "SET_MSI_BINDING of " + size + " bytes");
        boolean known = guest.doorbells().stream().anyMatch(doorbell -> doorbell.giova() == giova);
        if (expected == 0 && !known) {
            guest.doorbells().add(0, new Guest.Doorbell(giova, guest.layout().doorbellIpa(number), size));
        }
    }

    void unbind(Guest guest, int number) {
        long giova = guest.layout().doorbellVa(number);
        NestedWorld.expect(
                0, Requests.binding(guest.container(), Requests.UNSET, giova, 0, 0), "SET_MSI_BINDING with UNBIND");
        guest.doorbells().removeIf(doorbell -> {
            if (doorbell.giova() == giova && doorbell.isMapped()) {
                guest.model().unmapDoorbell(doorbell.gpa());
            }
            return doorbell.giova() == giova;
        });
    }

    /** Preparing takes the binding that leads to the doorbell, else the newest that leads nowhere. */
    void enable(GuestDevice device) {
        if (!device.file().isOpen()) {
            return;
        }
        Guest guest = world.guest(device.guest());
        long offset = world.doorbell() & world.setup().page() - 1;
        Optional<Guest.Doorbell> binding = guest.doorbells().stream()
                .filter(doorbell -> offset < doorbell.size())
                .filter(Guest.Doorbell::isMapped)
                .findFirst()
                .or(() -> guest.doorbells().stream()
                        .filter(doorbell -> offset < doorbell.size() && !doorbell.isMapped())
                        .findFirst());
        boolean already = device.msi().isPresent();
        NestedWorld.expect(already || binding.isPresent() ? 0 : ENOMEM, setIrqs(device, true), "SET_IRQS of MSI-X");
        if (already || binding.isEmpty()) {
            return;
        }
        if (!binding.get().isMapped()) {
            binding.get().setMapped();
            guest.model().mapDoorbell(binding.get().gpa(), world.doorbell());
        }
        device.setMsi(OptionalLong.of(binding.get().giova() + offset));
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
        OptionalLong programmed = device.file().msiAddress();
        if (!programmed.equals(device.msi())) {
            throw new Broken(
                    MSI, device.device() + " writes its MSI to " + programmed + ", prepared was " + device.msi());
        }
        Set<Outcome> allowed =
                world.guest(device.guest()).model().writeOutcomes(device.msi().getAsLong());
        event.take();
        boolean delivered = world.host().sendMsi(device.file(), 0);
        if (delivered != (event.take() == 1)) {
            throw new Broken(MSI, "an MSI of " + device.device() + " reached its doorbell and not its eventfd");
        }
        boolean may =
                allowed.contains(new Outcome.Reached(world.doorbell())) || allowed.contains(new Outcome.Anything());
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
