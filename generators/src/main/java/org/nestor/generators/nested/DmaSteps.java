package org.nestor.generators.nested;

import static org.nestor.generators.nested.Violation.Property.FAULTS;
import static org.nestor.generators.nested.Violation.Property.INVALIDATION;
import static org.nestor.generators.nested.Violation.Property.ISOLATION;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.iommu.UserBuffer;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;

/** The steps of devices, each judged by what its guest's model allows. */
final class DmaSteps {
    private static final int BYTES = 4;
    private static final int UNRECOVERABLE = 1;
    private static final int ADDR_VALID = 2;
    private static final int PASID_VALID = 1;
    private static final int READ = 1;
    private static final int PTE_FETCH = 5;
    private static final int PASID_INVALID = 3;
    private static final long PAGE_MASK = -4096L;

    private final NestedWorld world;

    DmaSteps(NestedWorld world) {
        this.world = world;
    }

    private Guest guestOf(GuestDevice device) {
        return world.guest(device.guest());
    }

    private GuestDomain.Stage1 stage1(GuestDevice device) {
        return guestOf(device).domain(device.smmu()).stage1();
    }

    private Set<Outcome> outcomes(GuestDevice device, long address) {
        return guestOf(device).model().outcomes(stage1(device), address);
    }

    /** What a device asks for in a slot: where its guest has a page, or the IPA of a piece while it sees IPAs. */
    long address(GuestDevice device, int slot) {
        Guest guest = guestOf(device);
        if (stage1(device).state() != GuestDomain.State.TRANSLATE) {
            return slot % 3 == 0 ? 0x1000L * slot : guest.layout().piece(slot) + 0x100;
        }
        int space = guest.model().space();
        long va = guest.layout().va(space, slot);
        long inside = guest.layout().size(space, slot) > 1 << 20 ? 0x3000L + 0x1_0000L * (slot % 4) : 0;
        return va + inside + 0x10;
    }

    void dma(GuestDevice device, int slot) {
        if (!device.mayIssue()) {
            return;
        }
        long address = address(device, slot);
        Set<Outcome> allowed = outcomes(device, address);
        DmaResult result = world.host().read(device.device(), address, BYTES);
        judge(device, address, allowed, result, "DMA of " + device.device() + " to 0x" + Long.toHexString(address));
    }

    /** A read, and another one of the same device whose fault overtakes that of the first on its way into the ring. */
    void overtakenDma(GuestDevice device, int slot, int otherSlot) {
        if (!device.mayIssue(2)) {
            return;
        }
        long address = address(device, slot);
        long otherAddress = address(device, otherSlot);
        List<DmaResult> overtaking = new ArrayList<>();
        world.host().setReporters(() -> overtaking.add(world.host().read(device.device(), otherAddress, BYTES)));
        DmaResult result = world.host().read(device.device(), address, BYTES);
        world.host().setReporters(() -> {});
        List<byte[]> records = device.takeFaults();
        List<EventRecord> log = world.host().takeLog();
        String what = "DMA of " + device.device() + " to 0x" + Long.toHexString(address);
        if (overtaking.isEmpty()) {
            judge(device, address, outcomes(device, address), result, records, log, what);
            return;
        }
        int first = Math.max(0, records.size() - 1);
        judge(
                device,
                otherAddress,
                outcomes(device, otherAddress),
                overtaking.get(0),
                records.subList(0, first),
                log,
                what + ", overtaken by one to 0x" + Long.toHexString(otherAddress) + ", which");
        judge(
                device,
                address,
                outcomes(device, address),
                result,
                records.subList(first, records.size()),
                List.of(),
                what + ", overtaken by one to 0x" + Long.toHexString(otherAddress) + ",");
    }

    private void judge(GuestDevice device, long address, Set<Outcome> allowed, DmaResult result, String what) {
        judge(
                device,
                address,
                allowed,
                result,
                device.takeFaults(),
                world.host().takeLog(),
                what);
    }

    /** One record in the ring or one line in the host's log for each DMA that fails, unless nobody is to be told. */
    private void judge(
            GuestDevice device,
            long address,
            Set<Outcome> allowed,
            DmaResult result,
            List<byte[]> records,
            List<EventRecord> log,
            String what) {
        if (result instanceof DmaResult.Ok ok) {
            if (!guestOf(device).model().owns(ok.physicalAddress())) {
                throw new Broken(
                        ISOLATION,
                        what + " reached 0x" + Long.toHexString(ok.physicalAddress()) + ", which stage 2 does not map");
            } else if (!allows(allowed, new Outcome.Reached(ok.physicalAddress()))) {
                throw new Broken(
                        INVALIDATION,
                        what + " reached 0x" + Long.toHexString(ok.physicalAddress()) + ", allowed: " + allowed);
            } else if (!records.isEmpty() || !log.isEmpty()) {
                throw new Broken(FAULTS, what + " succeeded and was reported");
            }
            return;
        }
        if (records.size() + log.size() > 1) {
            throw new Broken(FAULTS, what + " was reported " + (records.size() + log.size()) + " times");
        } else if (records.size() == 1) {
            reported(device, address, allowed, records.get(0), what);
        } else if (log.size() == 1) {
            if (!allows(allowed, new Outcome.Stage2Fault())) {
                // A fault of stage 2 is no report gone wrong but a translation that the tables of stage 1 do not have.
                throw new Broken(
                        log.get(0).s2() ? INVALIDATION : FAULTS,
                        what + " was printed: " + log.get(0).type() + ", allowed: " + allowed);
            }
        } else if (allowed.stream().noneMatch(DmaSteps::tellsNobody)) {
            throw new Broken(FAULTS, what + " failed and nobody was told, allowed: " + allowed);
        }
    }

    private static boolean allows(Set<Outcome> allowed, Outcome outcome) {
        return allowed.contains(outcome) || allowed.contains(new Outcome.Anything());
    }

    private static boolean tellsNobody(Outcome outcome) {
        return outcome instanceof Outcome.Silent
                || outcome instanceof Outcome.Anything
                || outcome instanceof Outcome.Reached reached && GuestLayout.isHole(reached.physical());
    }

    private void reported(GuestDevice device, long address, Set<Outcome> allowed, byte[] record, String what) {
        if (UserBuffer.u32(record, 0) != UNRECOVERABLE) {
            boolean right = allows(allowed, new Outcome.Stage1Fault())
                    && device.stallCapable()
                    && UserBuffer.u32(record, 8) == 2
                    && UserBuffer.u32(record, 20) == READ
                    && UserBuffer.u64(record, 24) == address;
            if (!right) {
                throw wrong(record, allowed, what);
            }
            device.noteStall(record);
            return;
        }
        int reason = (int) UserBuffer.u32(record, 8);
        boolean right = reason == PTE_FETCH
                ? allows(allowed, new Outcome.Stage1Fault())
                        && !device.stallCapable()
                        && isRecord(record, ADDR_VALID, 0, READ, address)
                : allows(allowed, new Outcome.ConfigurationFault(reason)) && isRecord(record, 0, 0, 0, 0);
        if (!right) {
            throw wrong(record, allowed, what);
        }
    }

    private static boolean isRecord(byte[] record, int flags, int pasid, int permission, long address) {
        return UserBuffer.u32(record, 12) == flags
                && UserBuffer.u32(record, 16) == pasid
                && UserBuffer.u32(record, 20) == permission
                && UserBuffer.u64(record, 24) == address
                && UserBuffer.u64(record, 32) == 0;
    }

    private static Broken wrong(byte[] record, Set<Outcome> allowed, String what) {
        return new Broken(
                FAULTS, what + " was reported as " + HexFormat.of().formatHex(record, 0, 40) + ", allowed: " + allowed);
    }

    /** A substream is always refused: the guest has one CD. */
    void substreamDma(GuestDevice device, int slot, int substream) {
        if (!device.file().isBusMaster()) {
            return;
        }
        int ssid = 1 + substream % 200;
        Transaction transaction =
                Transaction.read(device.stream(), address(device, slot)).withSubstream(ssid);
        DmaResult result = world.host().dma(device.device(), transaction, new byte[0], BYTES);
        List<byte[]> records = device.takeFaults();
        boolean told = records.size() == 1
                && UserBuffer.u32(records.get(0), 8) == PASID_INVALID
                && isRecord(records.get(0), PASID_VALID, ssid, 0, 0);
        boolean silent = stage1(device).state() == GuestDomain.State.ABORT;
        List<EventRecord> log = world.host().takeLog();
        if (result instanceof DmaResult.Ok || !log.isEmpty() || (silent ? !records.isEmpty() : !told)) {
            throw new Broken(
                    FAULTS,
                    "DMA of " + device.device() + " with substream " + ssid + ": " + result + ", records "
                            + records.stream()
                                    .map(record -> HexFormat.of().formatHex(record, 0, 40))
                                    .toList()
                            + ", printed " + log.size());
        }
    }

    void atsRequest(GuestDevice device, int slot) {
        if (!device.file().isBusMaster() || !device.device().description().ats()) {
            return;
        }
        long address = address(device, slot);
        Transaction request = Transaction.read(device.stream(), address).withAts(AtsKind.TRANSLATION_REQUEST);
        DmaResult result = world.host().dma(device.device(), request, new byte[0], BYTES);
        device.takeFaults();
        world.host().takeLog();
        if (result instanceof DmaResult.AtsCompleted completed
                && !completed.permissions().isEmpty()) {
            long physical = completed.translation().physicalAddress(address);
            device.cache()
                    .put(
                            address & PAGE_MASK,
                            new GuestDevice.Translation(
                                    physical & PAGE_MASK, guestOf(device).epoch()));
        }
    }

    /** What an endpoint keeps must still be allowed, as long as the guest's configuration is the one it was asked under. */
    void atsRead(GuestDevice device, int slot) {
        long address = address(device, slot);
        GuestDevice.Translation kept = device.cache().get(address & PAGE_MASK);
        if (kept == null || !device.file().isBusMaster()) {
            return;
        }
        long physical = kept.physical() | address & ~PAGE_MASK;
        Guest guest = guestOf(device);
        if (!guest.model().owns(physical)) {
            throw new Broken(
                    ISOLATION, "an ATC keeps 0x" + Long.toHexString(physical) + ", which stage 2 does not map");
        } else if (kept.epoch() == guest.epoch() && !allows(outcomes(device, address), new Outcome.Reached(physical))) {
            throw new Broken(
                    INVALIDATION,
                    "an ATC keeps 0x" + Long.toHexString(physical) + " for 0x" + Long.toHexString(address)
                            + ", allowed: " + outcomes(device, address));
        }
    }
}
