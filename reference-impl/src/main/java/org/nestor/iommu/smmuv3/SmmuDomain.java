package org.nestor.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nestor.dma.MsiLayer;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.DomainCookie;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** A domain of the SMMUv3 driver. It is bound to an SMMU, and its tables are made, when the first device is attached. */
final class SmmuDomain implements IommuDomain, NestedOps {
    private static final Refusal DMA_TYPE = Refusal.of(Errno.ENODEV, "R-ALLOC-06");
    private static final Refusal IDENTITY_TYPE = Refusal.of(Errno.EINVAL, "R-ALLOC-06");
    private static final Refusal BOUND = Refusal.of(Errno.EPERM, "R-ALLOC-05");
    private static final Refusal NO_ATTRIBUTE_OF_DMA = Refusal.of(Errno.ENODEV, "R-ALLOC-09");
    private static final Refusal NO_ATTRIBUTE_OF_IDENTITY = Refusal.of(Errno.EINVAL, "R-ALLOC-09");
    private static final Refusal NOT_DESCRIBED = Refusal.of(Errno.ENOENT, "R-ATT-01");
    private static final Refusal SVA_ON = Refusal.of(Errno.EBUSY, "R-ATT-02");
    private static final Refusal ONE_STAGE = Refusal.of(Errno.EINVAL, "R-ATT-04");
    private static final Refusal NO_TABLE = Refusal.of(Errno.ENOMEM, "R-ATT-07");
    private static final Refusal NO_NUMBER = Refusal.of(Errno.ENOSPC, "R-ATT-07");
    private static final Refusal OTHER_SMMU = Refusal.of(Errno.ENXIO, "R-ATT-08");
    private static final Refusal OTHER_STALL_MODE = Refusal.of(Errno.EINVAL, "R-ATT-23");
    private static final Refusal OTHER_DOORBELL = Refusal.of(Errno.EINVAL, "R-ATT-09");
    private static final Refusal HARDWARE_MSI = Refusal.of(Errno.EINVAL, "R-ATT-12");
    private static final Refusal UNBOUND_MAP = Refusal.of(Errno.ENODEV, "R-MAP-02");
    private static final Refusal MISALIGNED = Refusal.of(Errno.EINVAL, "R-MAP-03");
    private static final Refusal TOO_HIGH = Refusal.of(Errno.ERANGE, "R-MAP-04");
    private static final Refusal OTHER_FORMAT = Refusal.of(Errno.EINVAL, "R-PTA-09");
    private static final Refusal OTHER_VERSION = Refusal.of(Errno.EINVAL, "R-PTA-10");
    private static final Refusal UNBOUND_TABLE = Refusal.of(Errno.EINVAL, "R-PTA-12");
    private static final Refusal NOT_NESTED = Refusal.of(Errno.EINVAL, "R-PTA-13");
    private static final Refusal TRANSLATING = Refusal.of(Errno.EINVAL, "R-PTA-14");
    private static final Refusal SEVERAL_CDS = Refusal.of(Errno.EINVAL, "R-PTA-15");
    private static final Refusal NO_CONFIG = Refusal.of(Errno.EINVAL, "R-PTA-08");
    private static final Refusal NO_INVALIDATION = Refusal.of(Errno.EINVAL, "R-INV-10");
    private static final Refusal NO_BINDING = Refusal.of(Errno.EINVAL, "R-MSI-07");

    /** The stages that a domain has, before and after it is bound. */
    enum Stage {
        S1,
        S2,
        NESTED,
        BYPASS
    }

    private final SmmuDriver driver;
    private final DomainType type;
    private final MsiLayer msi;
    private final VmidRelease vmidRelease;
    private final UnmapCombined unmapCombined;
    private final EndpointOrder endpointOrder;
    private final GuestChange guestChange;
    private final ContextOwner contextOwner;
    private final List<Master> devices = new ArrayList<>();
    private Stage stage;
    private GuestStage1 guest = new GuestStage1.None();
    private boolean steWritten;
    private Optional<Binding> binding = Optional.empty();
    private Optional<DomainCookie> cookie = Optional.empty();

    /**
     * What a domain gets when it is bound.
     *
     * @param translation its own stage, unless it is an identity domain
     */
    private record Binding(SmmuInstance smmu, Optional<HostTranslation> translation) {}

    /** A domain that is not bound. */
    @Rule("R-ALLOC-02")
    SmmuDomain(SmmuDriver driver, DomainType type, MsiLayer msi, Parts parts) {
        this.driver = driver;
        this.type = type;
        this.msi = msi;
        this.stage = type == DomainType.IDENTITY ? Stage.BYPASS : Stage.S1;
        this.vmidRelease = parts.get(VmidRelease.class, VmidRelease::new);
        this.unmapCombined = parts.get(UnmapCombined.class, UnmapCombined::new);
        this.endpointOrder = parts.get(EndpointOrder.class, EndpointOrder::new);
        this.guestChange = parts.get(GuestChange.class, GuestChange::new);
        this.contextOwner = parts.get(ContextOwner.class, ContextOwner::new);
    }

    @Override
    public DomainType type() {
        return type;
    }

    @Override
    @Rule("R-ALLOC-03")
    @Rule("R-ALLOC-04")
    @Rule("R-ALLOC-05")
    @Rule("R-ALLOC-06")
    @Rule("R-ALLOC-10")
    public Result<Done> setNesting(boolean nesting) {
        if (type != DomainType.UNMANAGED) {
            return (type == DomainType.DMA ? DMA_TYPE : IDENTITY_TYPE).result();
        } else if (binding.isPresent()) {
            return BOUND.result();
        }
        stage = nesting ? Stage.NESTED : Stage.S1;
        return Done.OK;
    }

    @Override
    @Rule("R-ALLOC-07")
    @Rule("R-ALLOC-08")
    @Rule("R-ALLOC-09")
    public Result<Integer> nesting() {
        if (type != DomainType.UNMANAGED) {
            return (type == DomainType.DMA ? NO_ATTRIBUTE_OF_DMA : NO_ATTRIBUTE_OF_IDENTITY).result();
        }
        return Result.ok(stage == Stage.NESTED ? 1 : 0);
    }

    @Override
    @Rule("R-ATT-01")
    @Rule("R-ATT-02")
    @Rule("R-ATT-03")
    @Rule("R-ATT-16")
    @Rule("R-ATT-24")
    public Result<Done> attach(IommuDevice device) {
        Optional<Master> found = driver.master(device);
        if (found.isEmpty() || !device.description().described()) {
            return NOT_DESCRIBED.result();
        } else if (device.description().sva()) {
            return SVA_ON.result();
        }
        Master master = found.get();
        master.domain().ifPresent(domain -> domain.detach(device));
        return bindTo(master.smmu()).then(bound -> join(master));
    }

    /** Binds an unbound domain; a bound one stays with its SMMU. */
    @Rule("R-ATT-04")
    @Rule("R-ATT-05")
    @Rule("R-ATT-06")
    @Rule("R-ATT-07")
    @Rule("R-ATT-08")
    @Rule("R-ATT-18")
    private Result<Done> bindTo(SmmuInstance smmu) {
        if (binding.isPresent()) {
            return binding.get().smmu() == smmu ? Done.OK : OTHER_SMMU.result();
        }
        SmmuFeatures features = smmu.features();
        if (stage == Stage.NESTED && !(features.stage1() && features.stage2())) {
            return ONE_STAGE.result();
        }
        if (stage == Stage.BYPASS) {
            binding = Optional.of(new Binding(smmu, Optional.empty()));
            return Done.OK;
        }
        Stage wanted = stage == Stage.NESTED ? stage : features.stage1() ? Stage.S1 : Stage.S2;
        Optional<HostTables> tables = HostTables.create(smmu, wanted != Stage.S1);
        if (tables.isEmpty()) {
            return NO_TABLE.result();
        }
        OptionalInt number = (wanted == Stage.S1 ? smmu.asids() : smmu.vmids()).allocate();
        if (number.isEmpty()) {
            tables.get().free();
            return NO_NUMBER.result();
        }
        stage = wanted;
        binding = Optional.of(new Binding(
                smmu, Optional.of(new HostTranslation(smmu, tables.get(), number.getAsInt(), wanted == Stage.S1))));
        return Done.OK;
    }

    @Rule("R-ATT-09")
    @Rule("R-ATT-10")
    @Rule("R-ATT-11")
    @Rule("R-ATT-12")
    @Rule("R-ATT-13")
    @Rule("R-ATT-14")
    @Rule("R-ATT-15")
    @Rule("R-ATT-17")
    @Rule("R-ATT-23")
    private Result<Done> join(Master master) {
        if (stage == Stage.S1 && devices.stream().anyMatch(other -> other.stallEnabled() != master.stallEnabled())) {
            return OTHER_STALL_MODE.result();
        } else if (stage == Stage.NESTED && !sharesDoorbell(master)) {
            return OTHER_DOORBELL.result();
        } else if (stage == Stage.NESTED && master.device().description().hardwareMsiRegion()) {
            return HARDWARE_MSI.result();
        }
        boolean ats = master.atsCapable() && stage != Stage.BYPASS;
        configure(master, ats);
        devices.add(0, master);
        master.joined(this, ats);
        return Done.OK;
    }

    private boolean sharesDoorbell(Master master) {
        Optional<Long> doorbell = master.device().description().msiDoorbell();
        return doorbell.isEmpty()
                || devices.stream()
                        .map(other -> other.device().description().msiDoorbell())
                        .allMatch(other -> other.isEmpty() || other.equals(doorbell));
    }

    @Override
    @Rule("R-DET-01")
    @Rule("R-DET-02")
    @Rule("R-DET-03")
    @Rule("R-DET-04")
    @Rule("R-DET-05")
    @Rule("R-DET-06")
    public void detach(IommuDevice device) {
        Optional<Master> found = driver.master(device);
        if (found.isEmpty() || !devices.remove(found.get())) {
            return;
        }
        Master master = found.get();
        if (master.atsEnabled()) {
            master.smmu().invalidateEndpoints(List.of(master), 0, 0);
        }
        master.left();
        master.configure(new StreamTarget.NoDomain(), false);
    }

    @Rule("R-STE-01")
    @Rule("R-ATT-19")
    private void configure(Master master, boolean ats) {
        steWritten = true;
        master.configure(target(), ats);
    }

    private StreamTarget target() {
        return binding.flatMap(Binding::translation)
                .<StreamTarget>map(translation -> translation.target(guest))
                .orElseGet(StreamTarget.Identity::new);
    }

    @Rule("R-PTA-26")
    private void reconfigure() {
        devices.forEach(master -> configure(master, master.atsEnabled()));
    }

    @Override
    @Rule("R-MAP-02")
    @Rule("R-MAP-03")
    @Rule("R-MAP-04")
    @Rule("R-MAP-12")
    @Rule("R-MAP-13")
    public Result<Done> map(long iova, long pa, long size, Prot prot) {
        Optional<HostTranslation> translation = translation();
        if (translation.isEmpty()) {
            return UNBOUND_MAP.result();
        }
        PageFormat format = translation.get().tables().format();
        if (((iova | pa | size) & Long.lowestOneBit(format.pageSizes()) - 1) != 0) {
            return MISALIGNED.result();
        } else if (exceeds(iova, size, format.inputBits()) || exceeds(pa, size, format.outputBits())) {
            return TOO_HIGH.result();
        } else if (!prot.read() && !prot.write()) {
            return Done.OK;
        }
        return Result.unless(translation.get().tables().map(iova, pa, size, prot));
    }

    private static boolean exceeds(long first, long size, int bits) {
        return first >>> bits != 0 || size < 0 || first + size > 1L << bits;
    }

    private Optional<HostTranslation> translation() {
        return binding.flatMap(Binding::translation);
    }

    @Override
    @Rule("R-MAP-02")
    @Rule("R-MAP-07")
    @Rule("R-MAP-08")
    public long unmap(long iova, long size) {
        if (translation().isEmpty()) {
            return 0;
        }
        HostTranslation host = translation().get();
        PageFormat format = host.tables().format();
        long smallest = Long.lowestOneBit(format.pageSizes());
        if (((iova | size) & smallest - 1) != 0 || exceeds(iova, size, format.inputBits())) {
            return 0;
        }
        boolean combined = stage == Stage.NESTED && unmapCombined.removed();
        long done = host.tables().unmap(iova, size, (at, length) -> host.invalidate(at, length, false, combined));
        if (done > 0) {
            host.invalidate(iova, done, true, combined);
            // With stage 1 of a guest, an ATC holds addresses that only the guest knows.
            host.smmu()
                    .invalidateEndpoints(devices, stage == Stage.NESTED ? 0 : iova, stage == Stage.NESTED ? 0 : done);
        }
        return done;
    }

    @Override
    @Rule("R-MAP-02")
    @Rule("R-MAP-09")
    @Rule("R-MAP-10")
    public OptionalLong iovaToPhys(long iova) {
        if (type == DomainType.IDENTITY) {
            return OptionalLong.of(iova);
        }
        return translation().isEmpty()
                        || iova >>> translation().get().tables().format().inputBits() != 0
                ? OptionalLong.empty()
                : translation().get().tables().lookUp(iova);
    }

    @Override
    @Rule("R-MAP-11")
    public void flushAll() {
        translation().ifPresent(host -> {
            host.invalidateAll();
            host.smmu().invalidateEndpoints(devices, 0, 0);
        });
    }

    @Override
    @Rule("R-ATT-22")
    public long pageSizes() {
        return translation().map(host -> host.tables().format().pageSizes()).orElse(0L);
    }

    @Override
    @Rule("R-ALLOC-14")
    @Rule("R-ALLOC-15")
    @Rule("R-ALLOC-16")
    @Rule("R-ALLOC-17")
    public void free() {
        if (!devices.isEmpty()) {
            throw new IllegalStateException("a domain with devices is freed");
        }
        cookie.ifPresent(DomainCookie::release);
        translation().ifPresent(host -> {
            contextOwner.contextDescriptor(host.target(guest)).ifPresent(host::clearContextDescriptor);
            host.free(vmidRelease.releases(steWritten));
        });
        binding = Optional.empty();
    }

    @Override
    public Optional<NestedOps> nestedOps() {
        return Optional.of(this);
    }

    @Override
    public Optional<DomainCookie> cookie() {
        return cookie;
    }

    @Override
    public void setCookie(DomainCookie newCookie) {
        cookie = Optional.of(newCookie);
    }

    @Override
    @Rule("R-PTA-09")
    @Rule("R-PTA-10")
    @Rule("R-PTA-12")
    @Rule("R-PTA-13")
    @Rule("R-PTA-14")
    @Rule("R-PTA-15")
    @Rule("R-PTA-16")
    @Rule("R-PTA-22")
    public Result<Done> attachPasidTable(PasidTableConfig config) {
        if (config.format() != PasidTableConfig.FORMAT_SMMUV3) {
            return OTHER_FORMAT.result();
        } else if (config.version() != PasidTableConfig.VERSION_1
                || config.smmuVersion() != PasidTableConfig.VERSION_1) {
            return OTHER_VERSION.result();
        } else if (binding.isEmpty()) {
            return UNBOUND_TABLE.result();
        } else if (stage != Stage.NESTED) {
            return NOT_NESTED.result();
        }
        return switch (config.config()) {
            case PasidTableConfig.TRANSLATE -> translate(config);
            case PasidTableConfig.BYPASS -> become(new GuestStage1.None());
            case PasidTableConfig.ABORT -> become(new GuestStage1.Abort());
            default -> NO_CONFIG.result();
        };
    }

    @Rule("R-PTA-14")
    @Rule("R-PTA-15")
    @Rule("R-PTA-24")
    private Result<Done> translate(PasidTableConfig config) {
        if (guest instanceof GuestStage1.Translate) {
            return TRANSLATING.result();
        } else if (config.pasidBits() != 0) {
            return SEVERAL_CDS.result();
        }
        return become(new GuestStage1.Translate(config.basePointer()));
    }

    @Rule("R-PTA-17")
    @Rule("R-PTA-18")
    @Rule("R-PTA-19")
    @Rule("R-PTA-20")
    @Rule("R-PTA-21")
    @Rule("R-PTA-23")
    @Rule("R-PTA-25")
    private Result<Done> become(GuestStage1 state) {
        boolean written = guestChange.isWritten(guest, state);
        guest = state;
        if (written) {
            reconfigure();
        }
        return Done.OK;
    }

    @Override
    @Rule("R-PTD-02")
    @Rule("R-PTD-03")
    @Rule("R-PTD-04")
    @Rule("R-PTD-05")
    @Rule("R-PTD-06")
    @Rule("R-PTD-07")
    public void detachPasidTable() {
        if (stage == Stage.NESTED) {
            become(new GuestStage1.None());
        }
    }

    @Override
    public GuestStage1 guestStage1() {
        return guest;
    }

    @Override
    public void restore(GuestStage1 state) {
        if (!guest.equals(state)) {
            become(state);
        }
    }

    @Override
    @Rule("R-MSI-07")
    public Result<Done> bindGuestMsi(long giova, long gpa, long size) {
        return binding.isEmpty() || stage != Stage.NESTED ? NO_BINDING.result() : msi.bind(this, giova, gpa, size);
    }

    @Override
    @Rule("R-MSI-15")
    public void unbindGuestMsi(long giova) {
        if (binding.isPresent() && stage == Stage.NESTED) {
            msi.unbind(this, giova);
        }
    }

    @Override
    @Rule("R-INV-10")
    @Rule("R-INV-36")
    @Rule("R-INV-37")
    @Rule("R-INV-38")
    public Result<Done> cacheInvalidate(IommuDevice device, CacheInvalidateInfo info) {
        if (stage != Stage.NESTED || binding.isEmpty()) {
            return NO_INVALIDATION.result();
        }
        HostTranslation host = translation().orElseThrow();
        return host.smmu()
                .guestInvalidation()
                .plan(info, host.number(), host.tables().format())
                .then(plan -> send(host.smmu(), plan));
    }

    @Rule("R-INV-22")
    private Result<Done> send(SmmuInstance smmu, GuestInvalidation.Plan plan) {
        endpointOrder.invalidate(
                () -> {
                    if (!plan.commands().isEmpty()) {
                        smmu.commands().complete(plan.commands());
                    }
                },
                () -> {
                    if (plan.endpoints()) {
                        smmu.invalidateEndpoints(devices, plan.address(), plan.size());
                    }
                });
        return Done.OK;
    }
}
