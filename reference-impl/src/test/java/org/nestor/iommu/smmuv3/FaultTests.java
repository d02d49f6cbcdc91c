package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.FaultReason;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.IommuFault.PageRequest;
import org.nestor.iommu.IommuFault.Unrecoverable;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;

class FaultTests {
    private static final long GUEST = 0x1000_0000;
    private static final Refusal BUSY = Refusal.of(Errno.ENOSPC, "R-REG-21");

    private final List<IommuFault> faults = new ArrayList<>();

    /** A guest that translates one page, on a host that listens for its faults. */
    private final class Scene {
        final HostRig rig;
        final IommuDevice device;
        final IommuDomain domain;
        final HostRig.Guest guest;

        Scene(Parts parts, boolean stalls) {
            rig = new HostRig(parts);
            DeviceDescription plain = DeviceDescription.of("d", 1, HostRig.DOORBELL);
            device = rig.device(stalls ? plain.withStall() : plain);
            domain = rig.nestedWith(device);
            domain.map(0, GUEST, 1 << 24, Prot.READ_WRITE);
            guest = rig.guest(GUEST, GUEST, 7, Granule.KB4).map(0x40_0000, 0x80_0000);
            if (stalls) {
                guest.contexts().put(0, guest.cd().s(true).a(false));
            }
            rig.host.core().attachPasidTable(domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, guest.base()));
        }

        Scene listening() {
            assertTrue(device.faults()
                    .register(fault -> {
                        faults.add(fault);
                        return Done.OK;
                    })
                    .isOk());
            rig.host.takeLog();
            return this;
        }

        List<String> log() {
            return rig.host.takeLog().stream()
                    .map(event -> event.type().map(EventType::name).orElse("?"))
                    .toList();
        }
    }

    @Test
    @Rule("R-EVT-01")
    @Rule("R-EVT-05")
    @Rule("R-EVT-08")
    @Rule("R-EVT-09")
    @Rule("R-EVT-12")
    @Rule("R-EVT-24")
    void faultOfTheGuestsTablesIsReportedAndNotPrinted() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        Transaction write = Transaction.write(1, 0x40_1234).withPrivilege(true, false);
        scene.rig.host.dma(scene.device, write, new byte[4], 4);
        scene.rig.host.dma(scene.device, Transaction.read(1, 0x40_5000).withPrivilege(false, true), new byte[0], 4);
        assertEquals(
                List.of(
                        new Unrecoverable(
                                FaultReason.PTE_FETCH,
                                Unrecoverable.ADDR_VALID,
                                0,
                                IommuFault.WRITE | IommuFault.PRIV,
                                0x40_1234,
                                0),
                        new Unrecoverable(
                                FaultReason.PTE_FETCH,
                                Unrecoverable.ADDR_VALID,
                                0,
                                IommuFault.READ | IommuFault.EXEC,
                                0x40_5000,
                                0)),
                faults);
        assertEquals(List.of(), scene.log());
    }

    @Test
    @Rule("R-EVT-15")
    @Rule("R-EVT-16")
    @Rule("R-EVT-19")
    void faultWithoutHandlerIsPrinted() {
        Scene scene = new Scene(Parts.REFERENCE, false);
        scene.rig.host.takeLog();
        scene.rig.reach(scene.device, 0x123_0000);
        assertEquals(List.of("F_TRANSLATION"), scene.log());
        assertEquals(List.of(), scene.device.faults().pending());
    }

    @Test
    @Rule("R-EVT-02")
    void faultOfStage2StaysWithTheHost() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        scene.guest.map(0x41_0000, 0x7000_0000);
        assertEquals("Abort", scene.rig.reach(scene.device, 0x41_0000));
        assertEquals(List.of(), faults);
        assertEquals(List.of("F_TRANSLATION"), scene.log());
    }

    @Test
    @Rule("R-EVT-03")
    @Rule("R-EVT-04")
    void eventsOfUnknownStreamsArePrinted() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        scene.rig.host.dma(scene.device, Transaction.read(0x23, 0), new byte[0], 4);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), scene.log(), "an abort STE records nothing");
        scene.rig.host.dma(scene.device, Transaction.read(0x12_3456, 0), new byte[0], 4);
        assertEquals(List.of("C_BAD_STREAMID"), scene.log());
    }

    @Test
    @Rule("R-EVT-10")
    @Rule("R-EVT-11")
    @Rule("R-EVT-13")
    @Rule("R-EVT-14")
    void configurationFaultsAreReportedWithoutAnAccess() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        scene.rig.host.dma(scene.device, Transaction.read(1, 0x40_0000).withSubstream(5), new byte[0], 4);
        scene.guest.contexts().put(0, scene.guest.cd().v(false));
        scene.rig.host.core().detachPasidTable(scene.domain);
        scene.rig
                .host
                .core()
                .attachPasidTable(scene.domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, scene.guest.base()));
        scene.rig.reach(scene.device, 0x40_0000);
        assertEquals(
                List.of(
                        new Unrecoverable(FaultReason.PASID_INVALID, Unrecoverable.PASID_VALID, 5, 0, 0, 0),
                        new Unrecoverable(FaultReason.BAD_PASID_ENTRY, 0, 0, 0, 0, 0)),
                faults);
    }

    @Test
    @Rule("R-EVT-10")
    @Rule("R-EVT-12")
    @Rule("R-EVT-14")
    void abortedFetchesAreReportedWithoutTheirAddress() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        long nowhere = HostRig.RAM_BYTES + (1 << 21);
        scene.domain.map(0x4000_0000, nowhere, 4096, Prot.READ_WRITE);
        scene.guest.table().poke(0x60_0000, 2, 0x4000_0003);
        scene.rig.reach(scene.device, 0x60_0000);
        scene.rig.host.core().detachPasidTable(scene.domain);
        scene.rig
                .host
                .core()
                .attachPasidTable(scene.domain, PasidTableConfig.of(PasidTableConfig.TRANSLATE, 0x4000_0000));
        scene.rig.reach(scene.device, 0x60_0000);
        assertEquals(
                List.of(
                        new Unrecoverable(
                                FaultReason.WALK_EABT, Unrecoverable.ADDR_VALID, 0, IommuFault.READ, 0x60_0000, 0),
                        new Unrecoverable(FaultReason.PASID_FETCH, 0, 0, 0, 0, 0)),
                faults);
    }

    @Test
    @Rule("R-EVT-10")
    @Rule("R-EVT-11")
    @Rule("R-EVT-13")
    void publishedSeriesDropsOrDistortsThem() {
        Scene dropped = new Scene(Quirk.B_45.applyTo(Parts.REFERENCE), false).listening();
        dropped.rig.host.dma(dropped.device, Transaction.read(1, 0).withSubstream(5), new byte[0], 4);
        assertEquals(List.of(), faults);
        assertEquals(List.of("C_BAD_SUBSTREAMID"), dropped.log());

        Scene blind = new Scene(Quirk.B_40.applyTo(Parts.REFERENCE), false).listening();
        blind.rig.host.dma(blind.device, Transaction.read(1, 0).withSubstream(5), new byte[0], 4);
        assertEquals(new Unrecoverable(FaultReason.PASID_INVALID, 0, 0, 0, 0, 0), faults.get(0));

        Scene distorted = new Scene(Quirk.B_70.applyTo(Parts.REFERENCE), false).listening();
        distorted.rig.host.dma(distorted.device, Transaction.read(1, 0).withSubstream(5), new byte[0], 4);
        assertEquals(IommuFault.WRITE, ((Unrecoverable) faults.get(1)).permission());
    }

    @Test
    @Rule("R-EVT-06")
    @Rule("R-EVT-07")
    @Rule("R-EVT-18")
    @Rule("R-PRS-05")
    @Rule("R-PRS-06")
    @Rule("R-PRS-10")
    @Rule("R-PRS-13")
    void stalledTransactionIsRetriedAsAnswered() {
        Scene scene = new Scene(Parts.REFERENCE, true).listening();
        assertTrue(scene.rig.host.write(scene.device, 0x40_1000, (byte) 9) instanceof DmaResult.Stalled);
        PageRequest request = (PageRequest) faults.get(0);
        assertEquals(PageRequest.LAST_PAGE, request.flags());
        assertEquals(List.of(request), scene.device.faults().pending());
        scene.guest.map(0x40_1000, 0x80_5000);
        scene.rig.commands();
        assertTrue(answer(scene, request.group(), PageResponse.SUCCESS).isOk());
        assertEquals(List.of(new CommandRecord(0x44 | 1L << 32 | 1 << 12, request.group())), scene.rig.commands());
        List<CompletedStall> completed = scene.rig.host.step(scene.device);
        assertEquals(GUEST + 0x80_5000, ((DmaResult.Ok) completed.get(0).result()).physicalAddress());
        assertEquals(
                Optional.of(Errno.EINVAL), answer(scene, request.group(), 0).errno());
    }

    @Test
    @Rule("R-PRS-07")
    @Rule("R-PRS-03")
    @Rule("R-PRS-04")
    void otherCodesAbortTheOneThatMatches() {
        Scene scene = new Scene(Parts.REFERENCE, true).listening();
        for (int code : new int[] {PageResponse.INVALID, PageResponse.FAILURE}) {
            faults.clear();
            scene.rig.host.read(scene.device, 0x50_0000, 4);
            scene.rig.host.read(scene.device, 0x51_0000, 4);
            int second = ((PageRequest) faults.get(1)).group();
            scene.rig.commands();
            PageResponse response = new PageResponse(1, PageResponse.PASID_VALID, 77, second, code);
            assertTrue(
                    scene.rig.host.core().pageResponse(scene.device, response).isOk());
            assertEquals(List.of(new CommandRecord(0x44 | 1L << 32 | 1 << 13, second)), scene.rig.commands());
            assertTrue(scene.rig.host.step(scene.device).get(0).result() instanceof DmaResult.Abort);
            scene.rig.host.core().drain(scene.device);
        }
    }

    @Test
    @Rule("R-PRS-01")
    @Rule("R-PRS-02")
    @Rule("R-PRS-08")
    @Rule("R-PRS-12")
    void everyResponseHasItsErrno() {
        Scene scene = new Scene(Parts.REFERENCE, true).listening();
        for (int version = 0; version <= 2; version++) {
            for (int flags = 0; flags <= 3; flags++) {
                for (int wrongGroup = 0; wrongGroup <= 1; wrongGroup++) {
                    for (long code : new long[] {0, 1, 2, 3, 0xFFFF_FFFFL}) {
                        faults.clear();
                        scene.rig.host.read(scene.device, 0x50_0000, 4);
                        PageRequest request = (PageRequest) faults.get(0);
                        PageResponse response =
                                new PageResponse(version, flags, 0, request.group() + 1000L * wrongGroup, code);
                        boolean matches = version == 1 && flags <= 1 && wrongGroup == 0;
                        assertEquals(
                                matches && code <= 2 ? 0 : -22,
                                scene.rig
                                        .host
                                        .core()
                                        .pageResponse(scene.device, response)
                                        .code());
                        assertEquals(
                                matches ? 0 : 1, scene.device.faults().pending().size());
                        scene.rig.host.step(scene.device);
                        scene.rig.host.core().drain(scene.device);
                        scene.rig.host.step(scene.device);
                    }
                }
            }
        }
    }

    @Test
    @Rule("R-PRS-09")
    @Rule("R-PRS-02")
    void deviceMustBeAbleToStallAndBeInADomain() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        scene.device.faults().report(new PageRequest(PageRequest.LAST_PAGE, 0, 3, IommuFault.READ, 0));
        assertEquals(Optional.of(Errno.ENODEV), answer(scene, 3, 0).errno());
        assertEquals(List.of(), scene.device.faults().pending());
        scene.domain.detach(scene.device);
        assertEquals(Optional.of(Errno.ENODEV), answer(scene, 3, 0).errno());
    }

    @Test
    @Rule("R-EVT-22")
    @Rule("R-EVT-23")
    void stallThatNobodyTakesIsAborted() {
        Scene scene = new Scene(Parts.REFERENCE, true);
        scene.device.faults().register(fault -> BUSY.result());
        scene.rig.commands();
        scene.rig.host.takeLog();
        assertTrue(scene.rig.host.read(scene.device, 0x50_0000, 4) instanceof DmaResult.Stalled);
        assertEquals(0x44 | 1L << 32 | 1 << 13, scene.rig.commands().get(0).dw0());
        assertTrue(scene.rig.host.step(scene.device).get(0).result() instanceof DmaResult.Abort);
        assertEquals(List.of("F_TRANSLATION"), scene.log());
        assertEquals(List.of(), scene.device.faults().pending());
    }

    @Test
    @Rule("R-EVT-04")
    @Rule("R-EVT-23")
    void stallOfADeviceThatIsGoneIsAborted() {
        assertEquals(List.of("Abort"), endedAfterRemoval(Parts.REFERENCE));
        assertEquals(List.of(), endedAfterRemoval(Quirk.B_65.applyTo(Parts.REFERENCE)));
    }

    /** How the stall of a device ends that is gone before the driver hears of it. */
    private List<String> endedAfterRemoval(Parts parts) {
        Scene scene = new Scene(parts, true).listening();
        Smmu smmu = scene.rig.smmus.get(0);
        assertTrue(smmu.dma(Transaction.read(1, 0x50_0000), new byte[0], 4) instanceof DmaResult.Stalled);
        scene.rig.host.driver().remove(scene.device);
        assertEquals(Optional.empty(), scene.device.domain());
        scene.rig.host.driver().handleEvents();
        assertEquals(List.of(), faults);
        assertEquals(List.of("F_TRANSLATION"), scene.log());
        return smmu.step().stream()
                .map(end -> end.result().getClass().getSimpleName())
                .toList();
    }

    @Test
    void deviceMayComeBackUnderTheStreamOfOneThatIsGone() {
        Scene scene = new Scene(Parts.REFERENCE, false).listening();
        DeviceDescription same = scene.device.description();
        assertFalse(scene.rig.host.addDevice(same, 0, scene.rig.group()).isOk());
        scene.rig.host.removeDevice(scene.device, scene.rig.group());
        assertTrue(scene.rig.host.addDevice(same, 0, scene.rig.group()).isOk());
        scene.rig.host.driver().remove(scene.device);
        assertFalse(scene.rig.host.addDevice(same, 0, scene.rig.group()).isOk());
    }

    @Test
    @Rule("R-EVT-17")
    @Rule("R-EVT-20")
    void thereIsOneHandlerAndItStaysWhileRequestsArePending() {
        Scene scene = new Scene(Parts.REFERENCE, true).listening();
        assertEquals(
                Optional.of(Errno.EBUSY),
                scene.device.faults().register(fault -> Done.OK).errno());
        scene.rig.host.read(scene.device, 0x50_0000, 4);
        assertEquals(
                Optional.of(Errno.EBUSY), scene.device.faults().unregister().errno());
        scene.rig.host.core().drain(scene.device);
        assertTrue(scene.device.faults().unregister().isOk());
        assertTrue(scene.device.faults().unregister().isOk());
    }

    @Test
    void faultsHaveTheLayoutOfTheApi() {
        byte[] event = new Unrecoverable(FaultReason.ACCESS, 3, 0x12345, 9, 0x1122_3344_5566_7788L, 0).toBytes();
        assertEquals(
                "01000000" + "00000000" + "07000000" + "03000000" + "45230100" + "09000000" + "8877665544332211"
                        + "00".repeat(32),
                java.util.HexFormat.of().formatHex(event));
        byte[] page = new PageRequest(3, 0x12345, 0x77, 2, 0xABC0).toBytes();
        assertEquals(
                "02000000" + "00000000" + "03000000" + "45230100" + "77000000" + "02000000" + "c0ab000000000000"
                        + "00".repeat(32),
                java.util.HexFormat.of().formatHex(page));
    }

    private static org.nestor.iommu.Result<Done> answer(Scene scene, int group, int code) {
        return scene.rig.host.core().pageResponse(scene.device, PageResponse.of(group, code));
    }
}
