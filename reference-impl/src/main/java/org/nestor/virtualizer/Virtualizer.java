package org.nestor.virtualizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.CfgiCd;
import org.nestor.smmu.command.InvalidationCommand.CfgiCdAll;
import org.nestor.smmu.command.InvalidationCommand.CfgiSte;
import org.nestor.smmu.command.InvalidationCommand.CfgiSteRange;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.vfio.Container;
import org.nestor.vfio.EventFd;
import org.nestor.vfio.Ioctl;
import org.nestor.vfio.VfioDevice;

/**
 * An SMMUv3 as a guest sees it, in front of a container. All devices of the container have one configuration, so they are streams of
 * one guest STE each that say the same; the last one changed counts.
 */
public final class Virtualizer {
    private static final Refusal NOT_MAPPED = Refusal.of(Errno.EFAULT, "R-MSI-27");
    private static final int CONFIG_BYPASS = 4;
    private static final int CONFIG_STAGE1 = 5;
    private static final int SET = 1;
    private static final int UNBIND = 2;
    private static final int MSIX = 2;
    private static final int EVENTFD_TRIGGER = 4 | 32;
    private static final int NONE_TRIGGER = 1 | 32;
    private static final long SMMUEN = 1;
    private static final long GBPA_ABORT = 1 << 20;

    private final Container container;
    private final int page;
    private final VirtualParts smmuParts;
    private final Smmu smmu;
    private final GuestTlbi tlbi;
    private final ForwardingRules.ContextInvalidation contextInvalidation;
    private final Map<Integer, VirtualDevice> devices = new HashMap<>();
    private final Map<Integer, Long> doorbells = new HashMap<>();
    private PasidTableConfig current = PasidTableConfig.of(PasidTableConfig.BYPASS, 0);
    private final List<Refusal> refusals = new ArrayList<>();

    /**
     * An SMMU in its power-on state.
     *
     * @param container what the guest's devices are in, with the guest's memory mapped
     * @param host the ID registers of the SMMU behind it
     * @param page bytes of the host's page
     * @param parts what it is assembled from
     */
    public Virtualizer(Container container, IdRegisters host, GuestMemory memory, int page, Parts parts) {
        this.container = container;
        this.page = page;
        this.tlbi = new GuestTlbi(parts);
        this.contextInvalidation =
                parts.get(ForwardingRules.ContextInvalidation.class, ForwardingRules.ContextInvalidation::new);
        this.smmuParts = new VirtualParts(new Forwarding());
        this.smmu = new Smmu(VirtualFeatures.of(host), memory, smmuParts, RuleLog.NONE);
        follow();
    }

    /** Gives the guest an open device. */
    public void addDevice(int streamId, VfioDevice device) {
        devices.put(streamId, new VirtualDevice(streamId, device));
        follow();
    }

    /** The ID registers that the guest reads. */
    public IdRegisters ids() {
        return smmu.ids();
    }

    /** The guest reads a register. */
    public long read(Register register) {
        return smmu.read(register);
    }

    /** The guest writes a register. */
    public void write(Register register, long value) {
        long before = smmu.read(Register.CR0);
        smmu.write(register, value);
        if (register == Register.GBPA || ((before ^ smmu.read(Register.CR0)) & SMMUEN) != 0) {
            follow();
        }
    }

    /** What the host has refused that the guest had a right to. */
    public List<Refusal> takeRefusals() {
        List<Refusal> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }

    /** Passes the faults that the devices' rings hold on to the guest's event queue. */
    public void takeFaults() {
        for (VirtualDevice device : devices.values()) {
            for (byte[] fault : device.takeFaults()) {
                GuestEvents.event(fault, device.streamId()).ifPresent(smmuParts::inject);
            }
        }
    }

    /**
     * The guest programs an MSI of a device: its doorbell is looked up in the guest's tables, bound, and the real MSI enabled.
     *
     * @param giova what the guest's device is to write to
     */
    public Result<Done> enableMsi(int streamId, long giova, EventFd event) {
        TranslationOutcome found = smmu.translate(Transaction.write(streamId, giova));
        if (!(found instanceof TranslationOutcome.Translated translated)) {
            return NOT_MAPPED.result();
        }
        disableMsi(streamId);
        byte[] binding = new StructWriter(32)
                .u32(32)
                .u32(SET)
                .u64(giova & -page)
                .u64(translated.physicalAddress(giova) & -page)
                .u64(page)
                .toBytes();
        return container
                .ioctl(Ioctl.SET_MSI_BINDING, UserBuffer.of(binding))
                .then(bound -> {
                    doorbells.put(streamId, giova & -page);
                    byte[] irqs = new StructWriter(24)
                            .u32(24)
                            .u32(EVENTFD_TRIGGER)
                            .u32(MSIX)
                            .u32(0)
                            .u32(1)
                            .u32(1)
                            .toBytes();
                    return file(streamId).ioctl(Ioctl.DEVICE_SET_IRQS, UserBuffer.of(irqs), fd -> Optional.of(event));
                })
                .then(enabled -> Done.OK);
    }

    /** The guest turns a device's MSIs off; a doorbell that no other device uses is unbound. */
    public void disableMsi(int streamId) {
        byte[] irqs = new StructWriter(20)
                .u32(20)
                .u32(NONE_TRIGGER)
                .u32(MSIX)
                .u32(0)
                .u32(0)
                .toBytes();
        file(streamId).ioctl(Ioctl.DEVICE_SET_IRQS, UserBuffer.of(irqs), fd -> Optional.empty());
        Long giova = doorbells.remove(streamId);
        if (giova != null && !doorbells.containsValue(giova)) {
            byte[] binding = new StructWriter(32).u32(32).u32(UNBIND).u64(giova).toBytes();
            container.ioctl(Ioctl.SET_MSI_BINDING, UserBuffer.of(binding));
        }
    }

    private VfioDevice file(int streamId) {
        return Optional.ofNullable(devices.get(streamId)).orElseThrow().file();
    }

    /** Has the host follow the guest's registers and stream table, for every device. */
    private void follow() {
        if ((smmu.read(Register.CR0ACK) & SMMUEN) != 0) {
            devices.keySet().forEach(this::followStream);
        } else {
            boolean aborts = (smmu.read(Register.GBPA) & GBPA_ABORT) != 0;
            configure(PasidTableConfig.of(aborts ? PasidTableConfig.ABORT : PasidTableConfig.BYPASS, 0));
        }
    }

    private void followStream(int streamId) {
        if ((smmu.read(Register.CR0ACK) & SMMUEN) != 0 && devices.containsKey(streamId)) {
            configure(decode(GuestStreamTable.entry(smmu, streamId)));
        }
    }

    private void contextsChanged(int streamId) {
        if (contextInvalidation.isForwarded()) {
            followStream(streamId);
        }
    }

    /** What the API can say of a guest's STE. A CD table of several CDs is passed on, to be refused. */
    private static PasidTableConfig decode(StreamTableEntry ste) {
        if (!ste.v() || ste.config() != CONFIG_BYPASS && ste.config() != CONFIG_STAGE1) {
            return PasidTableConfig.of(PasidTableConfig.ABORT, 0);
        } else if (ste.config() == CONFIG_BYPASS) {
            return PasidTableConfig.of(PasidTableConfig.BYPASS, 0);
        }
        return new PasidTableConfig(
                1,
                ste.s1ContextPtr(),
                PasidTableConfig.FORMAT_SMMUV3,
                ste.s1CdMax(),
                PasidTableConfig.TRANSLATE,
                1,
                ste.s1Fmt(),
                ste.s1dss());
    }

    /** A table over a table is set by way of abort, which also has the CD fetched again; one that is refused leaves abort. */
    private void configure(PasidTableConfig wanted) {
        if (wanted.config() == PasidTableConfig.TRANSLATE && current.config() == PasidTableConfig.TRANSLATE) {
            set(PasidTableConfig.of(PasidTableConfig.ABORT, 0));
        }
        Result<byte[]> result = set(wanted);
        result.reason().ifPresent(refusal -> {
            refusals.add(refusal);
            set(PasidTableConfig.of(PasidTableConfig.ABORT, 0));
        });
    }

    private Result<byte[]> set(PasidTableConfig config) {
        byte[] argument =
                new StructWriter(40).u32(40).u32(SET).bytes(config.toBytes()).toBytes();
        Result<byte[]> result = container.ioctl(Ioctl.SET_PASID_TABLE, UserBuffer.of(argument));
        if (result.isOk()) {
            current = config;
        }
        return result;
    }

    private void invalidate(CacheInvalidateInfo info) {
        byte[] argument =
                new StructWriter(64).u32(64).u32(0).bytes(info.toBytes()).toBytes();
        container
                .ioctl(Ioctl.CACHE_INVALIDATE, UserBuffer.of(argument))
                .reason()
                .ifPresent(refusals::add);
    }

    private final class Forwarding implements GuestCommands {

        @Override
        public void invalidated(InvalidationCommand command) {
            if (command instanceof CfgiSte cfgi) {
                followStream(cfgi.streamId());
            } else if (command instanceof CfgiCd cfgi) {
                contextsChanged(cfgi.streamId());
            } else if (command instanceof CfgiCdAll cfgi) {
                contextsChanged(cfgi.streamId());
            } else if (command instanceof CfgiSteRange cfgi) {
                devices.keySet().stream()
                        .filter(stream -> ((stream ^ cfgi.streamId()) & -2L << cfgi.range()) == 0)
                        .forEach(Virtualizer.this::followStream);
            } else {
                tlbi.request(command).ifPresent(Virtualizer.this::invalidate);
            }
        }

        @Override
        public void resumed(Command.Resume command) {
            VirtualDevice device = devices.get(command.streamId());
            if (device != null) {
                device.respond(command.stag(), command.retry() ? PageResponse.SUCCESS : PageResponse.FAILURE);
            }
        }

        @Override
        public void terminated(Command.StallTerm command) {
            VirtualDevice device = devices.get(command.streamId());
            if (device != null) {
                device.terminate();
            }
        }
    }
}
