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
        bind(guest, number, size, expected);
    }

    /** As the other, with memory for so many bindings: a guest whose devices are behind several SMMUs needs one for each. */
    void bindShort(Guest guest, int number, int memory) {
        int left = memory % (Hardware.SMMUS + 1);
        int needed = isAnnounced(guest, number) ? 0 : world.smmusOf(guest);
        world.host().msi().setBindingsLeft(left);
        bind(guest, number, world.setup().page(), needed <= left ? 0 : ENOMEM);
        world.host().msi().setBindingsLeft(Integer.MAX_VALUE);
    }

    private void bind(Guest guest, int number, long size, int expected) {
        long giova = guest.layout().doorbellVa(number);
        boolean known = isAnnounced(guest, number);
        NestedWorld.expect(
                expected,
                Requests.binding(
                        guest.container(), Requests.SET, giova, guest.layout().doorbellIpa(number), size),
                "SET_MSI_BINDING of " + size + " bytes");
        if (expected == 0 && !known) {
            guest.doorbells().add(0, new Guest.Doorbell(giova, guest.layout().doorbellIpa(number), size));
        }
    }

    private static boolean isAnnounced(Guest guest, int number) {
        long giova = guest.layout().doorbellVa(number);
        return guest.doorbells().stream().anyMatch(doorbell -> doorbell.giova() == giova);
    }

    void unbind(Guest guest, int number) {
        long giova = guest.layout().doorbellVa(number);
        NestedWorld.expect(
                0, Requests.binding(guest.container(), Requests.UNSET, giova, 0, 0), "SET_MSI_BINDING with UNBIND");
        guest.doorbells().removeIf(doorbell -> {
            if (doorbell.giova() == giova) {
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
        int smmu = device.smmu();
        long offset = Hardware.DOORBELL & world.setup().page() - 1;
        Optional<Guest.Doorbell> binding = guest.doorbells().stream()
                .filter(doorbell -> offset < doorbell.size())
                .filter(doorbell -> doorbell.isMapped(smmu))
                .findFirst()
                .or(() -> guest.doorbells().stream()
                        .filter(doorbell -> offset < doorbell.size() && !doorbell.isMapped(smmu))
                        .findFirst());
        boolean already = device.msi().isPresent();
        NestedWorld.expect(already || binding.isPresent() ? 0 : ENOMEM, setIrqs(device, true), "SET_IRQS of MSI-X");
        if (already || binding.isEmpty()) {
            return;
        }
        if (!binding.get().isMapped(smmu)) {
            binding.get().setMapped(smmu);
            guest.model().mapDoorbell(smmu, binding.get().gpa(), Hardware.DOORBELL);
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
        Set<Outcome> allowed = world.guest(device.guest())
                .model()
                .writeOutcomes(device.smmu(), device.msi().getAsLong());
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
