package org.nestor.iommu.smmuv3;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** One SMMU as its driver runs it: features, queues, stream table, numbers that are taken, devices behind it. */
public final class SmmuInstance {
    private static final long QUEUES = 0b1100;
    private static final long SMMUEN = 0b0001;
    private static final long ATSCHK = 1L << 4;
    private static final long GBPA_ABORT = RegisterLayouts.GBPA.field("ABORT").mask();
    private static final long GBPA_UPDATE = RegisterLayouts.GBPA.field("Update").mask();
    private static final long PTM = 1L << 2;
    private static final long RECINVSID = 1L << 1;
    private static final long E2H = 1L;
    private static final long INTERRUPTS = 0b101;
    private static final int ATC_PAGE_SHIFT = 12;
    private static final Refusal TAKEN = Refusal.of(Errno.EINVAL, "R-ATT-20");

    private final SmmuPort port;
    private final PageAllocator pages;
    private final DriverOptions options;
    private final SmmuFeatures features;
    private final CommandQueueSoftware commands;
    private final StreamTableSoftware streamTable;
    private final EventQueueSoftware events;
    private final SteWriter steWriter;
    private final RangeEncoder encoder;
    private final GuestInvalidation guestInvalidation;
    private final Takeover takeover;
    private final StreamOwner streamOwner;
    private final IdSpace vmids;
    private final IdSpace asids;
    private final Map<Integer, Master> byStream = new HashMap<>();

    SmmuInstance(SmmuPort port, PageAllocator pages, DriverOptions options, Parts parts, DriverObserver observer) {
        this.port = port;
        this.pages = pages;
        this.options = options;
        this.features = new SmmuFeatures(port);
        this.commands = new CommandQueueSoftware(port, observer);
        this.streamTable = new StreamTableSoftware(port, pages, features.ids());
        this.events = new EventQueueSoftware(port);
        this.steWriter = new SteWriter(port.memory(), streamTable, commands, options, parts);
        this.encoder = new RangeEncoder(parts);
        this.guestInvalidation = new GuestInvalidation(features, encoder, parts);
        this.takeover = parts.get(Takeover.class, Takeover::new);
        this.streamOwner = parts.get(StreamOwner.class, StreamOwner::new);
        this.vmids = new IdSpace(features.vmidBits());
        this.asids = new IdSpace(features.asidBits());
        start();
    }

    private void start() {
        if ((port.read(Register.CR0) & SMMUEN) != 0) {
            takeover.quiet(this::abortWhileDisabled);
        }
        control(0);
        port.write(Register.CR2, PTM | RECINVSID | (options.e2h() ? E2H : 0));
        streamTable.start(port);
        commands.start(pages.allocate(CommandQueueSoftware.order()).orElseThrow());
        events.start(pages.allocate(EventQueueSoftware.order()).orElseThrow());
        control(QUEUES);
        commands.complete(Commands.CFGI_ALL);
        commands.complete(Commands.NSNH_ALL);
        if (features.ids().hyp()) {
            commands.complete(Commands.EL2_ALL);
        }
        port.write(Register.IRQ_CTRL, INTERRUPTS);
        control(QUEUES | SMMUEN | (features.ats() ? ATSCHK : 0));
    }

    private void abortWhileDisabled() {
        port.write(Register.GBPA, port.read(Register.GBPA) | GBPA_ABORT | GBPA_UPDATE);
        if ((port.read(Register.GBPA) & GBPA_UPDATE) != 0) {
            throw new SoftLockup("GBPA.Update does not become 0");
        }
    }

    private void control(long value) {
        port.write(Register.CR0, value);
        if (port.read(Register.CR0ACK) != value) {
            throw new SoftLockup("CR0ACK does not show 0x" + Long.toHexString(value));
        }
    }

    SmmuPort port() {
        return port;
    }

    PageAllocator pages() {
        return pages;
    }

    DriverOptions options() {
        return options;
    }

    SmmuFeatures features() {
        return features;
    }

    CommandQueueSoftware commands() {
        return commands;
    }

    EventQueueSoftware events() {
        return events;
    }

    SteWriter steWriter() {
        return steWriter;
    }

    RangeEncoder encoder() {
        return encoder;
    }

    GuestInvalidation guestInvalidation() {
        return guestInvalidation;
    }

    /** The VMIDs in use. */
    public IdSpace vmids() {
        return vmids;
    }

    /** The ASIDs in use, of the host's own stage 1. */
    public IdSpace asids() {
        return asids;
    }

    /** The STE of a stream as memory holds it. */
    public SteImage ste(int streamId) {
        return steWriter.read(streamId);
    }

    /** Takes a device in, if no other has one of its StreamIDs. */
    @Rule("R-ATT-20")
    Result<Done> add(Master master) {
        for (int stream : master.streams()) {
            if (!streamOwner.admits(byStream.containsKey(stream))) {
                return TAKEN.result();
            }
            Result<Done> installed = streamTable.install(stream);
            if (!installed.isOk()) {
                return installed;
            }
        }
        for (int stream : master.streams()) {
            commands.complete(Commands.cfgiSteAndTable(stream));
            byStream.put(stream, master);
        }
        return Done.OK;
    }

    /** Its streams keep their STEs, which let nothing of a device in no domain be translated. */
    void remove(Master master) {
        master.streams().forEach(byStream::remove);
    }

    Optional<Master> master(int streamId) {
        return Optional.ofNullable(byStream.get(streamId));
    }

    Collection<Master> masters() {
        return byStream.values();
    }

    /** Invalidates the ATCs of those devices that have ATS on, and waits for it. A size of 0 means every address. */
    void invalidateEndpoints(List<Master> masters, long address, long size) {
        List<CommandRecord> batch = new ArrayList<>();
        for (Master master : masters) {
            if (master.atsEnabled()) {
                master.streams().forEach(stream -> batch.add(atcInvalidation(stream, address, size)));
            }
        }
        if (!batch.isEmpty()) {
            commands.complete(batch);
        }
    }

    /** The smallest aligned power of two of pages that covers the range. */
    private static CommandRecord atcInvalidation(int streamId, long address, long size) {
        if (size == 0) {
            return Commands.atcInv(streamId, 0, Commands.ATC_ALL);
        }
        long first = address >>> ATC_PAGE_SHIFT;
        long end = address + size - 1;
        long last = (Long.compareUnsigned(end, address) < 0 ? -1 : end) >>> ATC_PAGE_SHIFT;
        int log2 = first == last ? 0 : Long.SIZE - Long.numberOfLeadingZeros(first ^ last);
        return Commands.atcInv(streamId, (first & -(1L << log2)) << ATC_PAGE_SHIFT, log2);
    }
}
